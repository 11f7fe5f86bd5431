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

/** How a variable is read: `undefined` from what it must not be. */
interface Format<T> {
  read: (text: string) => T | undefined;
  mustBe: string;
}

const wholeNumber = (max: number): Format<number> => ({
  read: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
    return value >= 1 && value <= max ? value : undefined;
  },
  mustBe: `a whole number from 1 to ${max}`,
});

const yesOrNo: Format<boolean> = {
  read: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  mustBe: 'true or false',
};

const sources: Format<readonly string[]> = {
  read: (text) => {
    const values = listIn(text);
    return values.every((source) => KNOWN_SOURCES.includes(source)) ? values : undefined;
  },
  mustBe: `one or more of ${KNOWN_SOURCES.join(', ')}, separated by commas`,
};

const methods: Format<readonly SignInMethod[]> = {
  read: (text) => {
    const values = listIn(text);
    const isGood =
      values.includes('wechat') &&
      new Set(values).size === values.length &&
      values.every((method): method is SignInMethod => METHODS.includes(method));
    return isGood ? values : undefined;
  },
  mustBe: `wechat, or wechat with ${METHODS.slice(1).join(', ')}, each once and separated by commas`,
};

const history: Format<number> = {
  read: (text) => {
    if (text === 'true') return USUAL_HISTORY;
    if (text === 'false') return 0;
    return /^\d{1,3}$/.test(text) && Number(text) <= MAX_HISTORY ? Number(text) : undefined;
  },
  mustBe: `true, false or a whole number from 0 to ${MAX_HISTORY}`,
};

const listIn = (text: string): string[] => text.split(',').map((part) => part.trim());

/**
 * The default policy with what the environment variables change.
 *
 * @throws PolicyError that names every variable that is wrong, and what it must be.
 */
export function readPolicy(variables: Readonly<Record<string, string | undefined>>): SessionPolicy {
  const problems: string[] = [];

  function read<T>(name: string, { read, mustBe }: Format<T>, fallback: T): T {
    const text = variables[name];
    if (text === undefined) return fallback;
    const value = read(text);
    if (value !== undefined) return value;
    problems.push(`${name} must be ${mustBe}, not ${JSON.stringify(text)}`);
    return fallback;
  }

  const usual = defaultPolicy;
  const lifetime = wholeNumber(MAX_LIFETIME_MS);
  const policy: SessionPolicy = {
    sessionsPerUser: read(
      'SESSIONS_PER_USER',
      wholeNumber(MAX_SESSIONS_PER_USER),
      usual.sessionsPerUser,
    ),
    idleLifetimeMs: read('SESSION_IDLE_MS', lifetime, usual.idleLifetimeMs),
    absoluteLifetimeMs: read('SESSION_ABSOLUTE_MS', lifetime, usual.absoluteLifetimeMs),
    renewAfterMs: read('SESSION_RENEW_AFTER_MS', lifetime, usual.renewAfterMs),
    webSessionsPerUser: read(
      'WEB_SESSIONS_PER_USER',
      wholeNumber(MAX_SESSIONS_PER_USER),
      usual.webSessionsPerUser,
    ),
    webIdleLifetimeMs: read('WEB_SESSION_IDLE_MS', lifetime, usual.webIdleLifetimeMs),
    webAbsoluteLifetimeMs: read('WEB_SESSION_ABSOLUTE_MS', lifetime, usual.webAbsoluteLifetimeMs),
    trustedSources: read('SESSION_SOURCES', sources, usual.trustedSources),
    loginsPerMinute: read(
      'LOGINS_PER_MINUTE',
      wholeNumber(MAX_LOGINS_PER_MINUTE),
      usual.loginsPerMinute,
    ),
    signInMethods: read('SIGN_IN_METHODS', methods, usual.signInMethods),
    phoneOpensAccounts: read('PHONE_OPENS_ACCOUNTS', yesOrNo, usual.phoneOpensAccounts),
    accountBlocking: read('ACCOUNT_BLOCKING', yesOrNo, usual.accountBlocking),
    signInHistory: read('SIGN_IN_HISTORY', history, usual.signInHistory),
  };
  if (policy.idleLifetimeMs > policy.absoluteLifetimeMs) {
    problems.push(
      `SESSION_IDLE_MS (${policy.idleLifetimeMs}) must not be longer than SESSION_ABSOLUTE_MS (${policy.absoluteLifetimeMs})`,
    );
  }
  if (policy.webIdleLifetimeMs > policy.webAbsoluteLifetimeMs) {
    problems.push(
      `WEB_SESSION_IDLE_MS (${policy.webIdleLifetimeMs}) must not be longer than WEB_SESSION_ABSOLUTE_MS (${policy.webAbsoluteLifetimeMs})`,
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
