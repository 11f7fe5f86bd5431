/**
 * Sign-in on a web page by a phone, for the page: the device authorization grant of OAuth 2.0
 * (RFC 8628) against the gateway. The page shows a code, a person scans it in the mini program.
 *
 * The token is a bearer token, and by default it is kept in localStorage: any script that runs on
 * the page's origin (XSS) can read it and use it elsewhere. Serve the page with a Content Security
 * Policy such as `default-src 'self'; connect-src 'self' GATEWAY`, and load no script of others.
 * A token ends after a day unused and after seven days at most, unless the functions are set up
 * otherwise, and whenever the person signs this page out on the phone.
 */
import { forget, keyOf, read, revokeLater, sendRevocations } from './keep';
import { checkSession } from './check-session';
import { runSignIn } from './sign-in';

/** Where a person signs in. */
export interface Place {
  /** The gateway's address without `/v1`, e.g. `https://env.service.tcloudbase.com/gateway`. */
  gateway: string;
  /** The site's `client_id`, e.g. `shop`. */
  site: string;
  /** localStorage by default; memory where it throws or is full. Give every call the same. */
  storage?: TokenStorage;
}

/** What `localStorage` and `sessionStorage` have of this. */
export interface TokenStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What a page shows. */
export interface ShownCode {
  /** To be typed where nothing can scan, e.g. `BCDF-GHJK`. */
  userCode: string;
  /**
   * The text of an `<svg>`: black on white with its quiet zone, also on a dark page. It is small:
   * give it a width, 160 px or more, and `height: auto`.
   */
  qr: string;
  /** What the QR code holds. */
  uri: string;
  /** By the clock of this device, epoch milliseconds. */
  expiresAt: number;
}

export interface SignInOptions extends Place {
  /** Called with the first code, and again with each that takes its place. */
  show(code: ShownCode): void;
  /**
   * Ends the waiting: the promise is rejected with the signal's reason. A session that is given to
   * the page at that moment is ended.
   */
  signal?: AbortSignal;
}

/**
 * - `signed-in`: the token is kept; `check` tells whose session it is.
 * - `denied`: the person refused, or the phone that approved has been signed out since.
 * - `expired`: nobody decided while three codes lasted. Ask whether to go on.
 * - `unreachable`: the gateway gave no code, so there is none to show. Try again later. It is also
 *   all that a page learns whose origin is not one of the site's: the console then speaks of CORS.
 * - `refused`: the site is set up wrongly: `error` is OAuth's, e.g. `invalid_client`.
 */
export type SignInOutcome =
  | { state: 'signed-in' }
  | { state: 'denied' }
  | { state: 'expired' }
  | { state: 'unreachable' }
  | { state: 'refused'; error: string };

/** Times are epoch milliseconds. */
export interface WebSession {
  id: string;
  device: { name: string; platform: string };
  createdAt: number;
  renewedAt: number;
  expiresAt: number;
  absoluteExpiresAt: number;
  current: boolean;
  account?: string;
  site?: { id: string; name: string };
}

/**
 * `signed-out`: there is no token, or the gateway has said that it is over, and it is forgotten.
 * `unknown`: nobody could say (no network, a proxy, a failure). The token is kept.
 */
export type CheckOutcome =
  | { state: 'signed-in'; session: WebSession }
  | { state: 'signed-out' }
  | { state: 'unknown' };

/**
 * `confirmed`: the gateway has ended the session, or had none. Otherwise this page has forgotten the
 * token all the same, and the next `check`, `signInByPhone` or `signOut` tells the gateway.
 */
export interface SignOutOutcome {
  confirmed: boolean;
}

/**
 * One flow at a time: while one runs, another is rejected with an `InvalidStateError`; one whose
 * signal is aborted makes room at once. A hidden page asks nothing. Failures of the network are
 * waited out until the code has expired.
 */
export function signInByPhone(options: SignInOptions): Promise<SignInOutcome> {
  return runSignIn(options);
}

/** Whether the session still exists. Call it when the page opens and when it is shown again. */
export async function check(place: Place): Promise<CheckOutcome> {
  const [outcome] = await Promise.all([checkSession(place), sendRevocations(place)]);
  return outcome;
}

export async function signOut(place: Place): Promise<SignOutOutcome> {
  const old = read(place);
  if (old !== undefined) {
    revokeLater(place, old);
    forget(place, old);
  }
  return { confirmed: await sendRevocations(place) };
}

/** For calls to the page's own backend, which introspects it at the gateway. */
export function token(place: Place): string | undefined {
  return read(place);
}

/**
 * Calls `listener` when another tab has signed in or out. Returns what ends that. Only localStorage
 * tells other tabs.
 */
export function onChange(place: Place, listener: () => void): () => void {
  const key = keyOf(place);
  const hear = (event: StorageEvent): void => {
    if (event.key === key || event.key === null) listener();
  };
  addEventListener('storage', hear);
  return () => {
    removeEventListener('storage', hear);
  };
}
