/** Variables of functions that would stop them, or that differ where they must not. */
import {
  GatewayConfigError,
  MIN_IDENTITY_KEY_LENGTH,
  PolicyError,
  readGatewayConfig,
  readPolicy,
} from '#functions/configuration';
import type { Finding } from '../project/finding';
import { IDENTITY_KEY, needsIdentityKey } from '../project/identity-key';
import { calledInterfaces, mayLackPermission } from '../project/open-interfaces';
import { readResources, type FunctionResource } from '../project/resources';
import { signInMethodsOf } from '../project/sign-in-methods';

type Variables = Readonly<Record<string, string | undefined>>;

export function findPolicy(file: string): Finding[] {
  return policyFindings(
    functionsIn(file).map(({ name, variables }) => ({ name, variables })),
    'cloudfunctions/resources.json',
  );
}

/** The key for phone numbers, where they are a way in. */
export function findIdentityKey(file: string, environment: Variables): Finding[] {
  const functions = functionsIn(file);
  if (!signInMethodsOf(functions).includes('phone')) return [];
  const names = functions.filter(needsIdentityKey).map(({ name }) => name);
  const { length } = environment[IDENTITY_KEY] ?? '';
  if (names.length === 0 || length >= MIN_IDENTITY_KEY_LENGTH) return [];
  const state = length === 0 ? 'is not set' : `has ${length} characters`;
  return [
    {
      problem: `${names.join(' and ')} would not start: SIGN_IN_METHODS offers phone, and ${IDENTITY_KEY} ${state}.`,
      fix: `Set ${IDENTITY_KEY} to a secret of ${MIN_IDENTITY_KEY_LENGTH} characters or more, e.g. of "openssl rand -base64 32", wherever you deploy from. Keep it: by another one nobody is found by their number any more.`,
    },
  ];
}

/** What no API tells: whether functions may call what they call. */
export function unknownPermissions(file: string): string[] {
  return functionsIn(file).flatMap(({ name, permissions, variables }) => {
    const called = calledInterfaces(permissions, variables);
    return called.length > 0 ? [`${name} ${mayLackPermission(called)}`] : [];
  });
}

/** None where the file is not valid, which the examination of the resources reports. */
function functionsIn(file: string): readonly FunctionResource[] {
  try {
    return readResources(file).functions;
  } catch {
    return [];
  }
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
      fix: `Give all of them the same SESSION*, WEB_SESSION* and SIGN_IN_METHODS variables in ${where}.`,
    });
  }
  return findings;
}

export function findGateway(environment: Variables): Finding[] {
  if (!environment['GATEWAY_APPS'] && !environment['GATEWAY_SITES']) return [];
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
