/**
 * Every lifetime and limit of the session system, each with its unit, its reason and its source.
 *
 * Those of `SessionPolicy` can be set per deployment, by environment variables of the functions.
 */
export interface SessionPolicy {
  /** `SESSIONS_PER_USER`: how many phones one person may be signed in on at once, 1 to 16. */
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
  /** `WEB_SESSIONS_PER_USER`: how many web pages one person may be signed in on at once, 1 to 16. */
  webSessionsPerUser: number;
  /** `WEB_SESSION_IDLE_MS`: as `SESSION_IDLE_MS`, of a web session. */
  webIdleLifetimeMs: number;
  /** `WEB_SESSION_ABSOLUTE_MS`: as `SESSION_ABSOLUTE_MS`, of a web session. */
  webAbsoluteLifetimeMs: number;
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
  /**
   * `SIGN_IN_METHODS`: the ways in, separated by commas: `wechat`, and with it `phone`, `password`.
   */
  signInMethods: readonly SignInMethod[];
  /**
   * `PHONE_OPENS_ACCOUNTS`: whether a phone number alone opens the account that it is linked to, on
   * a WeChat that is not in it.
   */
  phoneOpensAccounts: boolean;
  /** `ACCOUNT_BLOCKING`: whether sign-ins to accounts that an operator has blocked are refused. */
  accountBlocking: boolean;
  /** `SIGN_IN_HISTORY`: how many of its last sign-ins are kept of an account, 0 to 100. */
  signInHistory: number;
}

export type SignInMethod = 'wechat' | 'phone' | 'password';

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
  // The next page takes the place of the one before, as the next phone does.
  webSessionsPerUser: 1,
  // Somebody else may sit down at a computer, and its token is a bearer token.
  webIdleLifetimeMs: DAY_MS,
  webAbsoluteLifetimeMs: 7 * DAY_MS,
  // The phone, the DevTools simulator, and local debugging carry the identity of a signed-in WeChat
  // account; HTTP, timers, payment callbacks and crawlers do not. The values are listed under
  // `Cloud.getWXContext`:
  // https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html
  trustedSources: ['wx_client', 'wx_devtools', 'wx_localdebug'],
  // Far more than anybody needs, retries after lost replies included; few enough to bound what one
  // person writes. Counting across instances would cost every sign-in a second operation.
  loginsPerMinute: 20,
  // What every mini program has. With more, each sign-in reads what the WeChat is linked to.
  signInMethods: ['wechat'],
  // WeChat does not promise that a quick number was just checked, and numbers change hands:
  // https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
  phoneOpensAccounts: false,
  // It costs a sign-in one read.
  accountBlocking: false,
  // It costs a sign-in one write, and is personal data that nobody asked for.
  signInHistory: 0,
};

/** What `SIGN_IN_HISTORY=true` keeps: what fits on a page. */
export const USUAL_HISTORY = 20;
export const MAX_HISTORY = 100;

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
 * How often a web session is renewed at most, as a part of the time that it may be idle: eight writes
 * a day for one that is always in use, and a page that is left ends at most an eighth too soon.
 */
const WEB_RENEWALS = 8;

/** The lifetimes of a session, in milliseconds: a web page's, which has a `client`, or a phone's. */
export function lifetimesOf(
  { client }: { client?: unknown },
  policy: SessionPolicy,
): Pick<SessionPolicy, 'idleLifetimeMs' | 'absoluteLifetimeMs' | 'renewAfterMs'> {
  if (client === undefined) return policy;
  const { webIdleLifetimeMs, webAbsoluteLifetimeMs } = policy;
  return {
    idleLifetimeMs: webIdleLifetimeMs,
    absoluteLifetimeMs: webAbsoluteLifetimeMs,
    renewAfterMs: webIdleLifetimeMs / WEB_RENEWALS,
  };
}

/**
 * The number of slots of each kind there can ever be: 16 ids are read in one operation, and nobody has more
 * devices that run WeChat. Whatever ends sessions acts on all of them, since another limit may be
 * in force elsewhere or later.
 */
export const MAX_SESSIONS_PER_USER = 16;
/**
 * IDENTITY_KEY, with which phone numbers are hashed: all of them can be tried, so the key alone
 * keeps them secret. In characters.
 */
export const MIN_IDENTITY_KEY_LENGTH = 32;
/** How many ways in an account may have: far more than anybody needs, and a bound on what is read. */
export const MAX_IDENTITIES = 20;
/** Longest accepted codes and ids, in UTF-16 code units. */
export const MAX_PHONE_CODE_LENGTH = 256;
export const MAX_IDENTITY_ID_LENGTH = 64;

/** Enough for a load test by one person. */
export const MAX_LOGINS_PER_MINUTE = 1_000_000;
/**
 * Far longer than any sensible session; it keeps a mistyped number from making sessions that never
 * end.
 */
export const MAX_LIFETIME_MS = 400 * DAY_MS;

/** Whether a session may be of another account than that of the WeChat that uses it. */
export function hasSeveralWaysIn({ signInMethods }: Pick<SessionPolicy, 'signInMethods'>): boolean {
  return signInMethods.length > 1;
}
