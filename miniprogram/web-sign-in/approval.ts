/**
 * A web page asks to be signed in, and the person says yes or no: what the phone knows of it. No
 * `wx` in here.
 */
import type { Site, WebSignInRequest } from '#functions/contract';
import type { After, CallFailure } from '../session/cloud-call';
import type { SessionCallOutcome } from '../session/protected-calls';
import { isEndCode, isRecord, isText } from '../session/replies';
import type { SessionClient } from '../session/session-client';
import { sessionIdOf, type SessionState } from '../session/session-state';

export type ApprovalState =
  /** `wrong`: what was scanned or typed is no code. */
  | { status: 'typing'; wrong: boolean }
  | { status: 'reading' | 'signedOut'; code: string }
  /** It could not be read, and may be tried again. */
  | { status: 'failed'; code: string; failure: CallFailure }
  /** `failure`: why the last answer did not arrive. */
  | {
      status: 'asking';
      code: string;
      request: WebSignInRequest;
      busy?: Answer;
      failure?: CallFailure;
    }
  | { status: 'approved' | 'denied'; site: Site }
  | { status: 'useless'; reason: 'unknown' | 'expired' | 'used' };

export type Answer = 'approve' | 'deny';

export interface Approval {
  readonly state: ApprovalState;
  /** Reads who asks with this code; without one, it is to be typed. `wrong`: there was none in it. */
  open(code: string | undefined, wrong?: boolean): Promise<void>;
  /** Reads it again, and asks to sign in first where nobody is signed in. */
  reload(): Promise<void>;
  answer(answer: Answer): Promise<void>;
  /** The page is shown, or time has passed: what has expired meanwhile says so. */
  look(): Promise<void>;
  /** Follows who is signed in. */
  follow(current: SessionState): Promise<void>;
  close(): void;
}

/** `ok` from something that is not the function, e.g. a proxy, says nothing. */
const NO_ANSWER: CallFailure = { ok: false, code: 'NETWORK', retryable: true };
const isDone = (reply: object): boolean =>
  ('approved' in reply && reply.approved === true) || ('denied' in reply && reply.denied === true);
function isRequest(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['site']) || !isRecord(value['device'])) return false;
  const { site, createdAt, expiresAt } = value;
  return isText(site['name']) && [createdAt, expiresAt].every(Number.isFinite);
}

/** How often the page looks at the time, in milliseconds. */
const LOOK_MS = 30_000;

export function createApproval(
  client: Pick<SessionClient, 'call' | 'state'>,
  onChange: (state: ApprovalState) => void,
  after: After,
  now: () => number = Date.now,
): Approval {
  let state: ApprovalState = { status: 'typing', wrong: false };
  let shownFor = sessionIdOf(client.state);
  /** Until when what is shown is true, by this phone's clock, which may be wrong. */
  let goodUntil = 0;
  let isLooking = false;
  let isOpen = true;
  let stopWaiting = (): void => undefined;

  function show(next: ApprovalState): void {
    stopWaiting();
    state = next;
    if (!isOpen) return;
    onChange(next);
    if (next.status !== 'asking') return;
    const left = goodUntil - now();
    stopWaiting = after(left > 0 ? Math.min(left, LOOK_MS) : LOOK_MS, () => void look());
  }

  async function ask(code: string): Promise<SessionCallOutcome<{ request: WebSignInRequest }>> {
    const data = { action: 'describe' as const, userCode: code };
    const outcome = await client.call('authorize', data, { idempotent: true });
    return outcome.ok && !isRequest(outcome.request) ? NO_ANSWER : outcome;
  }

  function showRequest(code: string, request: WebSignInRequest): void {
    // A clock that runs behind does not make it last longer.
    goodUntil = Math.min(request.expiresAt, now() + request.expiresAt - request.createdAt);
    show({ status: 'asking', code, request });
  }

  async function read(code: string): Promise<void> {
    show({ status: 'reading', code });
    const reading = state;
    const outcome = await ask(code);
    if (state !== reading) return;
    shownFor = sessionIdOf(client.state);
    if (outcome.ok) showRequest(code, outcome.request);
    else if (!isUseless(outcome)) {
      if (outcome.code === 'SIGN_IN_DECLINED' || isOver(outcome))
        show({ status: 'signedOut', code });
      else show({ status: 'failed', code, failure: outcome });
    }
  }

  /** Shows it, if the code is of no use. */
  function isUseless(outcome: CallFailure | { code: 'SIGN_IN_DECLINED' }): boolean {
    if (outcome.code !== 'INVALID_INPUT' || !('detail' in outcome)) return false;
    const { field, reason } = outcome.detail ?? {};
    if (field !== 'userCode') return false;
    show({
      status: 'useless',
      reason: reason === 'expired' || reason === 'used' ? reason : 'unknown',
    });
    return true;
  }

  async function look(): Promise<void> {
    const shown = state;
    if (shown.status !== 'asking' || shown.busy !== undefined || isLooking) return;
    if (now() < goodUntil || shownFor === '') {
      show({ ...shown });
      return;
    }
    isLooking = true;
    const outcome = await ask(shown.code);
    isLooking = false;
    if (state !== shown) return;
    if (outcome.ok) showRequest(shown.code, outcome.request);
    else if (!isUseless(outcome)) {
      if (outcome.code === 'SIGN_IN_DECLINED' || isOver(outcome))
        show({ status: 'signedOut', code: shown.code });
      else show({ ...shown });
    }
  }

  async function answer(given: Answer): Promise<void> {
    if (state.status !== 'asking' || state.busy !== undefined) return;
    const { code, request } = state;
    show({ status: 'asking', code, request, busy: given });
    const asked = state;
    const data = { action: given, userCode: code };
    const reply = await client.call('authorize', data, { idempotent: true });
    const outcome = reply.ok && !isDone(reply) ? NO_ANSWER : reply;
    if (state !== asked) return;
    const answeredAs = shownFor;
    shownFor = sessionIdOf(client.state);
    if (outcome.ok) {
      show({ status: given === 'approve' ? 'approved' : 'denied', site: request.site });
    } else if (!isUseless(outcome)) {
      if (outcome.code === 'SIGN_IN_DECLINED' || isOver(outcome))
        show({ status: 'signedOut', code });
      // Somebody else may have signed in meanwhile: they are to see it first.
      else if (shownFor !== answeredAs) await read(code);
      else show({ status: 'asking', code, request, failure: outcome });
    }
  }

  const isOver = ({ code }: CallFailure): boolean =>
    client.state.status === 'signedOut' && isEndCode(code);

  return {
    get state() {
      return state;
    },
    async open(code, wrong = false) {
      if (code === undefined) show({ status: 'typing', wrong });
      else await read(code);
    },
    async reload() {
      if (state.status === 'failed' || state.status === 'signedOut') await read(state.code);
    },
    answer,
    look,
    async follow(current) {
      const next = sessionIdOf(current);
      const isUnderWay =
        state.status === 'reading' || (state.status === 'asking' && state.busy !== undefined);
      // A call that is under way asks to sign in itself, and goes on.
      if (next === shownFor || isUnderWay) return;
      shownFor = next;
      if (!('code' in state)) return;
      if (next === '') show({ status: 'signedOut', code: state.code });
      else await read(state.code);
    },
    close() {
      isOpen = false;
      stopWaiting();
    },
  };
}
