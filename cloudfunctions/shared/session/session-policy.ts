/**
 * Every lifetime and limit of the session system, each with its unit, its reason and its source.
 *
 * Those of `SessionPolicy` can be set per deployment by environment variables of the functions. A
 * value that makes no sense stops the function when it starts: a session system that guesses its
 * own limits is worse than one that does not run.
 */
export interface SessionPolicy {
  /** `SESSIONS_PER_USER`: how many sessions one person may hold at once, 1 to 16. */
  sessionsPerUser: number;
  /** `SESSION_IDLE_MS`: a session ends when it was not used for this long, in milliseconds. */
  idleLifetimeMs: number;
  /**
   * `SESSION_ABSOLUTE_MS`: a session ends this long after the sign-in however much it is used, in
   * milliseconds.
   */
  absoluteLifetimeMs: number;
  /**
   * `SESSION_RENEW_AFTER_MS`: using a session renews it if its last renewal is this long ago, in
   * milliseconds.
   */
  renewAfterMs: number;
  /**
   * `SESSION_SOURCES`: first entries of SOURCE for which WeChat vouches for the OPENID, separated
   * by commas.
   */
  trustedSources: readonly string[];
  /**
   * `LOGINS_PER_MINUTE`: how often one person may sign in within a minute, counted by each instance
   * for itself.
   */
  loginsPerMinute: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export const defaultPolicy: SessionPolicy = {
  // Signing in on a second phone signs the first out, as WeChat itself does.
  sessionsPerUser: 1,
  // Shorter than the absolute lifetime, so that a phone that is lost and never opened goes quiet
  // within a week.
  idleLifetimeMs: 7 * DAY_MS,
  // NIST SP 800-63B, section 4.1.3 (AAL1): reauthentication at least once per 30 days.
  absoluteLifetimeMs: 30 * DAY_MS,
  // A renewal is a write, and the basic plan has 30,000 of them a day: one a day for each session
  // that is in use.
  renewAfterMs: DAY_MS,
  // The phone, the DevTools simulator, and local debugging carry the identity of a signed-in WeChat
  // account; HTTP, timers, payment callbacks and crawlers do not. The values are listed under
  // `Cloud.getWXContext`:
  // https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html
  trustedSources: ['wx_client', 'wx_devtools', 'wx_localdebug'],
  // Far more than anybody needs, retries after lost replies included; few enough to bound what one
  // person writes. Counting across instances would cost every sign-in a second operation.
  loginsPerMinute: 20,
};

/** The span of `loginsPerMinute`, in milliseconds. */
export const LOGIN_WINDOW_MS = 60_000;

/**
 * How long the functions wait for one database operation, in milliseconds. The SDK's own limit is
 * 15 s, longer than the cloud lets a function run by default (3 s): it would be killed before it
 * could answer `UNAVAILABLE`.
 */
export const DATABASE_TIMEOUT_MS = 2_000;

/**
 * How recent a sign-in must be for what can't be undone, such as deleting the account, in
 * milliseconds: longer than it takes to find and confirm it, too short for somebody who finds the
 * phone unlocked (OWASP ASVS 5.0, 7.5.1).
 */
export const FRESH_MS = 10 * 60 * 1000;

/**
 * How often a sign-in tries to win a slot against others that are under way, when a person may hold
 * several sessions. After that it takes the slot as it is: the limit is in the ids, so nothing can
 * break it.
 */
export const SLOT_ATTEMPTS = 3;

/**
 * Longest accepted values, in UTF-16 code units. Far above what WeChat devices report; a bound on
 * what is stored.
 */
export const MAX_DEVICE_NAME_LENGTH = 64;
export const MAX_DEVICE_PLATFORM_LENGTH = 32;
/** A token has 87 characters, an id 43; anything much longer was never issued. */
export const MAX_TOKEN_LENGTH = 128;
export const MAX_SESSION_ID_LENGTH = 64;
/** An attempt to sign in is named by 96 random bits or more. */
export const ATTEMPT_FORMAT = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * How many expired sessions one batch of the sweep removes. The database returns at most 100
 * documents by default.
 */
export const SWEEP_BATCH_SIZE = 100;
/**
 * How long a sweep goes on, in milliseconds: well inside the 60 s that its config.json asks for.
 */
export const SWEEP_BUDGET_MS = 40_000;

/**
 * The number of slots there can ever be: 16 ids are read in one operation, and nobody has more
 * devices that run WeChat. Whatever ends sessions acts on all of them, since another limit may be
 * in force elsewhere or later.
 */
export const MAX_SESSIONS_PER_USER = 16;
/** Enough for a load test by one person. */
const MAX_LOGINS_PER_MINUTE = 1_000_000;
/**
 * Far longer than any sensible session; it keeps a mistyped number from making sessions that never
 * end.
 */
const MAX_LIFETIME_MS = 400 * DAY_MS;

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
