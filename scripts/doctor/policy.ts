/** Variables of functions that would stop them, or that differ where they must not. */
import {
  GatewayConfigError,
  PolicyError,
  readGatewayConfig,
  readPolicy,
} from '#functions/configuration';
import type { Finding } from '../project/finding';
import { readResources } from '../project/resources';

type Variables = Readonly<Record<string, string | undefined>>;

export function findPolicy(file: string): Finding[] {
  let functions;
  try {
    ({ functions } = readResources(file));
  } catch {
    // The examination of the resources reports it.
    return [];
  }
  return policyFindings(
    functions.map(({ name, variables }) => ({ name, variables })),
    'cloudfunctions/resources.json',
  );
}

/** Variables of the policy that stop a function, or that are not the same for all. */
export function policyFindings(
  functions: readonly { name: string; variables: Variables }[],
  where: string,
): Finding[] {
  const findings: Finding[] = [];
  const policies = new Map<string, string[]>();
  for (const { name, variables } of functions) {
    try {
      const policy = JSON.stringify(readPolicy(variables));
      policies.set(policy, [...(policies.get(policy) ?? []), name]);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      findings.push({
        problem: `The function ${name} would not start: ${error.message}`,
        fix: `Correct its variables in ${where}.`,
      });
    }
  }
  if (policies.size > 1) {
    const groups = [...policies.values()].map((names) => names.join(', '));
    findings.push({
      problem: `The functions do not have the same policy: ${groups.join(' differ from ')}.`,
      fix: `Give all of them the same SESSION* variables in ${where}.`,
    });
  }
  return findings;
}

export function findGateway(environment: Variables): Finding[] {
  if (!environment['GATEWAY_APPS']) return [];
  try {
    readGatewayConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof GatewayConfigError)) throw error;
    return [
      {
        problem: `The gateway would not start: ${error.message}`,
        fix: 'Correct the variables, as cloudfunctions/gateway/README.md says.',
      },
    ];
  }
}
