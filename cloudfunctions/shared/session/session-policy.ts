/** Every lifetime and limit of the session system, each with its unit, its reason and its source. */
export interface SessionPolicy {
  /** How many sessions one person may hold at once. 1: signing in on a second phone signs the first out. */
  sessionsPerUser: number;
  /** A session ends when it was not used for this long, in milliseconds. */
  idleLifetimeMs: number;
  /** A session ends this long after the sign-in however much it is used, in milliseconds. */
  absoluteLifetimeMs: number;
  /** First entries of SOURCE for which WeChat vouches for the OPENID. */
  trustedSources: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

export const defaultPolicy: SessionPolicy = {
  sessionsPerUser: 1,
  // Shorter than the absolute lifetime, so that a phone that is lost and never opened goes quiet within a week.
  idleLifetimeMs: 7 * DAY_MS,
  // NIST SP 800-63B, section 4.1.3 (AAL1): reauthentication at least once per 30 days.
  absoluteLifetimeMs: 30 * DAY_MS,
  // `Cloud.getWXContext` lists the values. The phone, the DevTools simulator, and DevTools' local debugging carry the
  // identity of a signed-in WeChat account; HTTP, triggers, payment callbacks and crawlers do not.
  trustedSources: ['wx_client', 'wx_devtools', 'wx_localdebug'],
};

/**
 * How long the functions wait for one database operation, in milliseconds. The SDK's own limit is 15 s, longer than
 * the platform lets a function run by default (3 s): it would be killed before it could answer `UNAVAILABLE`.
 */
export const DATABASE_TIMEOUT_MS = 2_000;

/** Longest accepted values, in UTF-16 code units. Far above what WeChat devices report; a bound on what is stored. */
export const MAX_DEVICE_NAME_LENGTH = 64;
export const MAX_DEVICE_PLATFORM_LENGTH = 32;
/** A token has 87 characters; anything much longer is not a token that was ever issued. */
export const MAX_TOKEN_LENGTH = 128;
