/**
 * Reads the policy of a deployment from the environment variables of a function. A value that makes
 * no sense stops the function when it starts: a session system that guesses its own limits is worse
 * than one that does not run.
 */
import {
  defaultPolicy,
  MAX_HISTORY,
  MAX_LIFETIME_MS,
  MAX_LOGINS_PER_MINUTE,
  MAX_SESSIONS_PER_USER,
  MIN_IDENTITY_KEY_LENGTH,
  USUAL_HISTORY,
  type SessionPolicy,
  type SignInMethod,
} from './session-policy';

const METHODS: readonly string[] = ['wechat', 'phone', 'password'] satisfies SignInMethod[];

const KNOWN_SOURCES: readonly string[] = [
  'wx_client',
  'wx_devtools',
  'wx_localdebug',
  'wx_http',
  'wx_trigger',
  'wx_paycallback',
  'wx_crawler',
  'wx_unknown',
  'scf',
];

export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/**
 * The default policy with what the environment variables change.
 *
 * @throws PolicyError that names every variable that is wrong, and what it must be.
 */
export function readPolicy(variables: Readonly<Record<string, string | undefined>>): SessionPolicy {
  const problems: string[] = [];

  function wholeNumber(name: string, fallback: number, max: number): number {
    const text = variables[name];
    if (text === undefined) return fallback;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
    if (value >= 1 && value <= max) return value;
    problems.push(`${name} must be a whole number from 1 to ${max}, not ${JSON.stringify(text)}`);
    return fallback;
  }

  function sources(name: string, fallback: readonly string[]): readonly string[] {
    const text = variables[name];
    if (text === undefined) return fallback;
    const values = text.split(',').map((source) => source.trim());
    if (values.every((source) => KNOWN_SOURCES.includes(source))) return values;
    problems.push(
      `${name} must be one or more of ${KNOWN_SOURCES.join(', ')}, separated by commas, not ${JSON.stringify(text)}`,
    );
    return fallback;
  }

  function methods(name: string, fallback: readonly SignInMethod[]): readonly SignInMethod[] {
    const text = variables[name];
    if (text === undefined) return fallback;
    const values = text.split(',').map((method) => method.trim());
    const isGood =
      values.includes('wechat') &&
      new Set(values).size === values.length &&
      values.every((method): method is SignInMethod => METHODS.includes(method));
    if (isGood) return values;
    problems.push(
      `${name} must be wechat, or wechat with ${METHODS.slice(1).join(', ')}, each once and separated by commas, not ${JSON.stringify(text)}`,
    );
    return fallback;
  }

  function yesOrNo(name: string, fallback: boolean): boolean {
    const text = variables[name];
    if (text === undefined) return fallback;
    if (text === 'true' || text === 'false') return text === 'true';
    problems.push(`${name} must be true or false, not ${JSON.stringify(text)}`);
    return fallback;
  }

  function history(name: string, fallback: number): number {
    const text = variables[name];
    if (text === undefined) return fallback;
    if (text === 'true') return USUAL_HISTORY;
    if (text === 'false') return 0;
    if (/^\d{1,3}$/.test(text) && Number(text) <= MAX_HISTORY) return Number(text);
    problems.push(
      `${name} must be true, false or a whole number from 0 to ${MAX_HISTORY}, not ${JSON.stringify(text)}`,
    );
    return fallback;
  }

  const policy: SessionPolicy = {
    sessionsPerUser: wholeNumber(
      'SESSIONS_PER_USER',
      defaultPolicy.sessionsPerUser,
      MAX_SESSIONS_PER_USER,
    ),
    idleLifetimeMs: wholeNumber('SESSION_IDLE_MS', defaultPolicy.idleLifetimeMs, MAX_LIFETIME_MS),
    absoluteLifetimeMs: wholeNumber(
      'SESSION_ABSOLUTE_MS',
      defaultPolicy.absoluteLifetimeMs,
      MAX_LIFETIME_MS,
    ),
    renewAfterMs: wholeNumber(
      'SESSION_RENEW_AFTER_MS',
      defaultPolicy.renewAfterMs,
      MAX_LIFETIME_MS,
    ),
    trustedSources: sources('SESSION_SOURCES', defaultPolicy.trustedSources),
    loginsPerMinute: wholeNumber(
      'LOGINS_PER_MINUTE',
      defaultPolicy.loginsPerMinute,
      MAX_LOGINS_PER_MINUTE,
    ),
    signInMethods: methods('SIGN_IN_METHODS', defaultPolicy.signInMethods),
    phoneOpensAccounts: yesOrNo('PHONE_OPENS_ACCOUNTS', defaultPolicy.phoneOpensAccounts),
    accountBlocking: yesOrNo('ACCOUNT_BLOCKING', defaultPolicy.accountBlocking),
    signInHistory: history('SIGN_IN_HISTORY', defaultPolicy.signInHistory),
  };
  if (policy.idleLifetimeMs > policy.absoluteLifetimeMs) {
    problems.push(
      `SESSION_IDLE_MS (${policy.idleLifetimeMs}) must not be longer than SESSION_ABSOLUTE_MS (${policy.absoluteLifetimeMs})`,
    );
  }
  if (policy.renewAfterMs >= policy.idleLifetimeMs) {
    problems.push(
      `SESSION_RENEW_AFTER_MS (${policy.renewAfterMs}) must be shorter than SESSION_IDLE_MS (${policy.idleLifetimeMs}): no session would ever be renewed`,
    );
  }
  if (problems.length > 0)
    throw new PolicyError(`the session policy is wrong: ${problems.join('; ')}`);
  return policy;
}

/**
 * The key with which phone numbers are hashed; `''` where no phone number is a way in.
 *
 * @throws PolicyError when it is needed, and is missing or short; its value is not shown
 */
export function readIdentityKey(
  variables: Readonly<Record<string, string | undefined>>,
  { signInMethods }: Pick<SessionPolicy, 'signInMethods'>,
): string {
  if (!signInMethods.includes('phone')) return '';
  const key = variables['IDENTITY_KEY'] ?? '';
  if (key.length >= MIN_IDENTITY_KEY_LENGTH) return key;
  throw new PolicyError(
    `IDENTITY_KEY ${key === '' ? 'is missing' : 'is too short'}: with phone in SIGN_IN_METHODS it must be a secret of ${MIN_IDENTITY_KEY_LENGTH} characters or more, and must never change`,
  );
}
