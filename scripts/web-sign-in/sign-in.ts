/** The flow of RFC 8628, section 3, as a page follows it. */
import { generate } from 'lean-qr/nano';
import { toSvgSource } from 'lean-qr/extras/svg';
import type { Place, SignInOptions, SignInOutcome } from './index';
import { read, revokeLater, sendRevocations, write } from './keep';
import { request, type Answer } from './request';
import { unlessAborted, waitUntil } from './wait';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';
/** Codes shown before the page asks whether anybody is still there. */
const MOST_CODES = 3;
/** RFC 8628, section 3.5. */
const SLOW_DOWN_MS = 5_000;
const DEFAULT_INTERVAL_SECONDS = 5;
const LONGEST_PAUSE_MS = 60_000;
/** In modules: what readers need. */
const QUIET_ZONE = 4;

/** The flow that is under way. One that was given up is not, though it has yet to hear of it. */
let running: SignInOptions | undefined;

export async function runSignIn(options: SignInOptions): Promise<SignInOutcome> {
  if (running !== undefined && running.signal?.aborted !== true)
    throw new DOMException('A sign-in is running already.', 'InvalidStateError');
  running = options;
  try {
    void sendRevocations(options);
    for (let codes = 1; codes <= MOST_CODES; codes++) {
      await waitUntil(0, options.signal);
      const outcome = await tryOneCode(options);
      if (outcome !== undefined) return outcome;
    }
    return { state: 'expired' };
  } finally {
    if (running === options) running = undefined;
  }
}

/** Undefined: this code is of no more use, another may be. */
async function tryOneCode(options: SignInOptions): Promise<SignInOutcome | undefined> {
  const { site, signal } = options;
  const askedAt = performance.now();
  const given = await unlessAborted(
    () => post(options, 'device_authorization', { client_id: site }),
    signal,
  );
  const code = readCode(given);
  if (code === undefined) return whyNoCode(given);
  const endsAt = askedAt + code.expiresInMs;
  options.show({
    userCode: code.userCode,
    qr: toSvgSource(generate(code.uri), { on: '#000', off: '#fff', pad: QUIET_ZONE }),
    uri: code.uri,
    expiresAt: Math.floor(Date.now() + endsAt - performance.now()),
  });
  const form = { grant_type: GRANT_TYPE, device_code: code.deviceCode, client_id: site };
  let interval = code.intervalMs;
  let failures = 0;
  let polledAt = performance.now();
  let dueAt = polledAt + interval;
  for (;;) {
    // Once more when it is over, as soon as that may be: somebody may have approved at the last.
    await waitUntil(Math.min(dueAt, Math.max(endsAt, polledAt + interval)), signal);
    polledAt = performance.now();
    const isLast = polledAt >= endsAt;
    const answer = await unlessAborted(
      () => post(options, 'token', form),
      signal,
      (late) => {
        end(options, tokenOf(late));
      },
    );
    const token = tokenOf(answer);
    if (token !== undefined) {
      const old = read(options);
      write(options, token);
      end(options, old);
      return { state: 'signed-in' };
    }
    const { error } = answer.body;
    const word = answer.status === 400 || answer.status === 401 ? error : undefined;
    if (word === 'access_denied') return { state: 'denied' };
    if (word === 'expired_token' || word === 'invalid_grant') return undefined;
    const isPending = word === 'authorization_pending' || word === 'slow_down';
    if (typeof word === 'string' && !isPending) return { state: 'refused', error: word };
    if (isLast) return undefined;
    if (word === 'slow_down') interval += SLOW_DOWN_MS;
    failures = isPending ? 0 : failures + 1;
    const pause = Math.max(Math.min(interval * 2 ** failures, LONGEST_PAUSE_MS), interval);
    dueAt = performance.now() + Math.max(pause, answer.retryAfterMs);
  }
}

const post = (place: Place, path: string, form: Record<string, string>): Promise<Answer> =>
  request(place, path, { method: 'POST', body: new URLSearchParams(form) });

function tokenOf({ status, body: { access_token: token } }: Answer): string | undefined {
  return status === 200 && typeof token === 'string' && token !== '' ? token : undefined;
}

/** One that another took the place of, or that came when the page had given up. */
function end(place: Place, token: string | undefined): void {
  if (token === undefined) return;
  revokeLater(place, token);
  void sendRevocations(place);
}

interface Code {
  deviceCode: string;
  userCode: string;
  uri: string;
  expiresInMs: number;
  intervalMs: number;
}

function readCode({ status, body }: Answer): Code | undefined {
  const { device_code: deviceCode, user_code: userCode, expires_in: seconds } = body;
  const uri = body['verification_uri_complete'];
  const { interval } = body;
  if (status !== 200 || typeof deviceCode !== 'string' || typeof userCode !== 'string') {
    return undefined;
  }
  if (typeof uri !== 'string' || typeof seconds !== 'number') return undefined;
  const isInterval = typeof interval === 'number' && interval > 0;
  const intervalSeconds = isInterval ? interval : DEFAULT_INTERVAL_SECONDS;
  return {
    deviceCode,
    userCode,
    uri,
    expiresInMs: seconds * 1_000,
    intervalMs: intervalSeconds * 1_000,
  };
}

function whyNoCode({ status, body: { error } }: Answer): SignInOutcome {
  const isRefused = (status === 400 || status === 401) && typeof error === 'string';
  return isRefused ? { state: 'refused', error } : { state: 'unreachable' };
}
