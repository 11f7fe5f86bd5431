/** Variables of functions that would stop them, or that differ where they must not. */
import {
  GatewayConfigError,
  MIN_IDENTITY_KEY_LENGTH,
  PolicyError,
  readGatewayConfig,
  readPolicy,
} from '#functions/configuration';
import { text } from '../lib/language';
import type { Finding } from '../project/finding';
import { IDENTITY_KEY, needsIdentityKey } from '../project/identity-key';
import { calledInterfaces, mayLackPermission } from '../project/open-interfaces';
import { readResources, type FunctionResource } from '../project/resources';
import { signInMethodsOf } from '../project/sign-in-methods';

type Variables = Readonly<Record<string, string | undefined>>;

/** For any shell, cmd.exe among them. */
const MAKE_SECRET = `node -p "crypto.randomBytes(32).toString('hex')"`;

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
  const state =
    length === 0
      ? { zh: '没有设置', en: 'is not set' }
      : { zh: `只有 ${length} 个字符`, en: `has ${length} characters` };
  return [
    {
      problem: text({
        zh: `云函数 ${names.join('、')} 无法启动：SIGN_IN_METHODS 里有 phone，而 ${IDENTITY_KEY} ${state.zh}。`,
        en: `${names.join(' and ')} would not start: SIGN_IN_METHODS offers phone, and ${IDENTITY_KEY} ${state.en}.`,
      }),
      fix: text({
        zh: `在执行部署的环境里，把 ${IDENTITY_KEY} 设为不少于 ${MIN_IDENTITY_KEY_LENGTH} 个字符的密钥，可以用 ${MAKE_SECRET} 生成。请妥善保管：换了密钥，就再也不能按手机号找到任何人。`,
        en: `Set ${IDENTITY_KEY} to a secret of ${MIN_IDENTITY_KEY_LENGTH} characters or more, wherever you deploy from. This makes one: ${MAKE_SECRET}. Keep it: by another one nobody is found by their number any more.`,
      }),
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
        problem: text({
          zh: `云函数 ${name} 无法启动，会报错：${error.message}。`,
          en: `The function ${name} would not start: ${error.message}.`,
        }),
        fix: text({
          zh: `在${spaced(where)}里改正它的环境变量。`,
          en: `Correct its variables in ${where}.`,
        }),
      });
    }
  }
  if (policies.size > 1) {
    const groups = [...policies.values()];
    const [zh, en] = [
      groups.map((names) => names.join('、')).join(' 与 '),
      groups.map((names) => names.join(', ')).join(' differ from '),
    ];
    findings.push({
      problem: text({
        zh: `云函数的策略不一致：${zh} 各不相同。`,
        en: `The functions do not have the same policy: ${en}.`,
      }),
      fix: text({
        zh: `在${spaced(where)}里，让它们的 SESSION*、WEB_SESSION* 和 SIGN_IN_METHODS 相同。`,
        en: `Give all of them the same SESSION*, WEB_SESSION* and SIGN_IN_METHODS variables in ${where}.`,
      }),
    });
  }
  return findings;
}

/** A place in the middle of a Chinese sentence. */
function spaced(where: string): string {
  return /^[ -~]+$/.test(where) ? ` ${where} ` : `“${where}”`;
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
        problem: text({
          zh: `网关无法启动，会报错：${error.message}`,
          en: `The gateway would not start: ${error.message}`,
        }),
        fix: text({
          zh: '按 cloudfunctions/gateway/README.zh-CN.md 改正环境变量。',
          en: 'Correct the variables, as cloudfunctions/gateway/README.md says.',
        }),
      },
    ];
  }
}
