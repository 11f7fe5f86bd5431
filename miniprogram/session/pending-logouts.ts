/**
 * Sign-outs that the cloud has yet to hear of. They are kept until it has: in memory, and on the phone for when the mini program is
 * killed, where there is room.
 *
 * Each carries how long ago the person asked for it, so that one which arrives late ends nothing that was signed in since. That time is
 * counted in steps: where the phone's clock is set back, the step in which that happened counts as nothing, and the rest stays right.
 */
import type { Refusal } from '../../cloudfunctions/shared/session/contract';
import { LONGEST_CALL_MS, type CallOutcome } from './cloud-call';
import { onceAtATime } from './once-at-a-time';
import { isEndCode } from './session-state';
import type { PendingLogout, SessionStorage } from './session-storage';

export interface PendingLogouts {
  add(token: string, scope: PendingLogout['scope']): void;
  /**
   * Counts the time up to now, because somebody signs in. The cloud takes that off its own time when the sign-out arrives, so that
   * as long as it may be on its way is added: it must not end what begins now.
   */
  beginAnew(): void;
  /** The token that this phone gave up last, if the cloud has yet to hear of it. */
  lastToken(): string | undefined;
  /** Keeps on the phone what there was no room for. */
  keep(): void;
  /** Tells the cloud of all that it can, each once. Resolves to whether nothing is left. */
  send(): Promise<boolean>;
  /** Why the cloud will not carry out the sign-out of this token everywhere; told once. */
  takeRefusal(token: string): Refusal | undefined;
}

/** Of somebody who signs in and out without a network. */
const MOST_PENDING = 16;

export function createPendingLogouts(
  storage: SessionStorage,
  now: () => number,
  logout: (pending: PendingLogout) => Promise<CallOutcome<object>>,
): PendingLogouts {
  const refusals = new Map<string, Refusal>();
  let pending = storage.pendingLogouts();
  let isKept = true;

  function set(next: readonly PendingLogout[]): void {
    pending = next;
    isKept = storage.setPendingLogouts(pending);
  }

  function age(moreMs = 0): void {
    if (pending.length === 0) return;
    const at = now();
    set(
      pending.map(({ agoMs = 0, seenAt = at, ...rest }) => ({
        ...rest,
        agoMs: agoMs + Math.max(0, at - seenAt) + moreMs,
        seenAt: at,
      })),
    );
  }

  /** Of what cannot succeed, or has, nothing is left to do. */
  function settle({ token, scope }: PendingLogout, outcome: CallOutcome<object>): void {
    if (!outcome.ok) {
      if (outcome.code === 'NETWORK') return;
      // Over HTTP a token that is not good any more is refused: its own session has ended.
      if (outcome.code !== 'INVALID_INPUT' && !isEndCode(outcome.code)) return;
      if (scope === 'everywhere') refusals.set(token, outcome);
    }
    set(pending.filter((other) => other.token !== token));
  }

  return {
    add(token, scope) {
      age();
      const others = pending.filter((other) => other.token !== token);
      set(atMost(MOST_PENDING, [...others, { token, scope, agoMs: 0, seenAt: now() }]));
    },
    beginAnew: () => age(LONGEST_CALL_MS),
    lastToken: () => pending[pending.length - 1]?.token,
    keep() {
      if (!isKept) set(pending);
    },
    send: onceAtATime(async () => {
      const tried = new Set<string>();
      for (;;) {
        age();
        const next = pending.find(({ token }) => !tried.has(token));
        if (next === undefined) break;
        tried.add(next.token);
        const outcome = await logout(next);
        settle(next, outcome);
        if (!outcome.ok && outcome.code === 'NETWORK') break;
      }
      return pending.length === 0;
    }),
    takeRefusal(token) {
      const refusal = refusals.get(token);
      refusals.delete(token);
      return refusal;
    },
  };
}

/** The oldest go first, and those of all devices last: the newest of them ends what the older would have. */
function atMost(count: number, pending: readonly PendingLogout[]): readonly PendingLogout[] {
  let kept = pending;
  while (kept.length > count) {
    const least = kept.find(({ scope }) => scope === 'this') ?? kept[0];
    kept = kept.filter((one) => one !== least);
  }
  return kept;
}
