/**
 * Sign-outs that the cloud has yet to hear of. They are kept until it has: in memory, and on the
 * phone for when the mini program is killed, where there is room.
 *
 * Each carries how long ago the person asked for it, so that one which arrives late ends nothing
 * that was signed in since. That time is counted in steps: where the phone's clock is set back, the
 * step in which that happened counts as nothing, and the rest stays right.
 */
import { LONGEST_CALL_MS, type CallFailure, type CallOutcome } from './cloud-call';
import { isEndCode } from './replies';
import { NOT_SENT, type PendingLogout, type SessionStorage } from './session-storage';

export interface PendingLogouts {
  add(token: string, scope: PendingLogout['scope']): void;
  /**
   * Counts the time up to now, because a sign-in is about to be sent. The cloud takes that off its
   * own time when the sign-out arrives, so that as long as it may be on its way is added: it must
   * not end what begins now. Once only: whether the sign-in succeeds may never be known, and more
   * would spare what was signed in elsewhere before.
   */
  beginAnew(): void;
  /** The token that was signed out last, if the cloud has yet to hear of it. */
  lastToken(): string | undefined;
  /**
   * A token that was signed out with scope `this`, so that a sign-in may take its place. One with
   * scope `everywhere` may still be needed to end the others.
   */
  placeOf(): string | undefined;
  /** The sign-out everywhere that is on its way, if any. */
  everywhere(): Promise<unknown> | undefined;
  /** Sends each one once, the newest first. Resolves to whether none is left. */
  send(): Promise<boolean>;
  /**
   * What became of the sign-out of this token. Over HTTP the cloud will not carry out every one
   * everywhere.
   */
  outcomeOf(token: string | undefined): { ok: true; pending: boolean } | CallFailure;
}

/** Of somebody who signs out again and again without a network. */
const MOST_PENDING = 16;
const DAY_MS = 24 * 60 * 60_000;
/**
 * By then every session has ended by itself: `SESSION_ABSOLUTE_MS` of the functions, unless that
 * was set.
 */
const LONGEST_SESSION_MS = 30 * DAY_MS;
/**
 * A sign-out is dropped after this many non-retryable refusals, once it is a day old: a bug in the
 * cloud has had that long to be fixed.
 */
const MOST_REFUSALS = 10;

/** @param logout sends it, and asks before each try how long ago the person asked */
export function createPendingLogouts(
  storage: SessionStorage,
  now: () => number,
  logout: (pending: PendingLogout, agoMs: () => number) => Promise<CallOutcome<object>>,
): PendingLogouts {
  const refusals = new Map<string | undefined, CallFailure>();
  let pending = storage.pendingLogouts(now());
  let round: Promise<boolean> | undefined;
  let everywhere: Promise<unknown> | undefined;

  function keep(next = pending): void {
    pending = next;
    storage.setPendingLogouts(pending);
  }

  function age(isAnew = false): void {
    const at = now();
    for (const one of pending) {
      one.agoMs += Math.max(0, at - one.seenAt);
      one.seenAt = at;
      if (isAnew && one.signInSince !== true) {
        one.agoMs += LONGEST_CALL_MS;
        one.signInSince = true;
      }
    }
    if (pending.length > 0) keep();
  }

  function isOver(one: PendingLogout, outcome: CallOutcome<object>): boolean {
    if (outcome.ok) return true;
    // Cannot succeed. Over HTTP a token that is no longer good is refused: its own session has
    // ended.
    if (outcome.code === 'INVALID_INPUT' || isEndCode(outcome.code)) {
      if (one.scope === 'everywhere') refusals.set(one.token, outcome);
      return true;
    }
    if (!outcome.retryable) one.refused += 1;
    return one.agoMs >= (one.refused >= MOST_REFUSALS ? DAY_MS : LONGEST_SESSION_MS);
  }

  async function sendAll(): Promise<boolean> {
    const [atFirst, tried] = [pending, new Set<PendingLogout>()];
    let isLost = false;
    try {
      for (;;) {
        // Without a network, trying one is enough, except for one that was added meanwhile:
        // somebody waits for it.
        const [next] = pending
          .filter((one) => !tried.has(one) && !(isLost && atFirst.includes(one)))
          .reverse()
          // One that never gets an answer does not hold up the others for long.
          .sort((a, b) => a.rounds - b.rounds);
        if (next === undefined) return pending.length === 0;
        tried.add(next);
        next.rounds += 1;
        const sent = logout(next, () => {
          age();
          return next.agoMs;
        });
        if (next.scope === 'everywhere') everywhere = sent;
        const outcome = await sent;
        everywhere = undefined;
        const isDone = isOver(next, outcome);
        keep(pending.filter((one) => one !== next || !isDone));
        isLost ||= !outcome.ok && outcome.code === 'NETWORK';
      }
    } finally {
      // In the same turn as the last look at `pending`: one that is added later begins a round of
      // its own.
      round = undefined;
    }
  }

  return {
    add(token, scope) {
      const others = pending.filter((one) => one.token !== token);
      const one = { ...NOT_SENT, token, scope, seenAt: now() };
      keep(bounded([...others, one]));
    },
    beginAnew: () => age(true),
    lastToken: () => pending[pending.length - 1]?.token,
    placeOf: () => [...pending].reverse().find(({ scope }) => scope === 'this')?.token,
    everywhere: () => everywhere,
    send() {
      // There may be room on the phone by now.
      storage.heal();
      if (pending.length === 0) return Promise.resolve(true);
      return (round ??= sendAll());
    },
    outcomeOf: (token) =>
      refusals.get(token) ?? { ok: true, pending: pending.some((one) => one.token === token) },
  };
}

/**
 * Drops the oldest with scope `this`, else the oldest: a newer one with scope `everywhere` ends
 * what it would have ended.
 */
function bounded(pending: readonly PendingLogout[]): readonly PendingLogout[] {
  if (pending.length <= MOST_PENDING) return pending;
  const older = pending.slice(0, -1);
  const least = older.find(({ scope }) => scope === 'this') ?? older[0];
  return pending.filter((one) => one !== least);
}
