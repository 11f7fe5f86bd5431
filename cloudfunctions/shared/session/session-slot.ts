/** Which of a person's slots a sign-in takes, when they may hold several sessions. */
import { hasExpired, type Session } from './session';
import { hashesEqual, type AttemptHash, type TokenHash } from './session-token';

/**
 * A slot, and the token that was seen in it: the sign-in takes the slot only while that still
 * holds.
 */
export interface SlotChoice {
  slot: number;
  seen: TokenHash | undefined;
}

/** What a sign-in knows about the sessions before it. */
export interface SlotClaim {
  /** Of the token that the device holds, which need not be good any more. */
  heldHash: TokenHash | undefined;
  /** Of this attempt, which may have been made before. */
  attemptHash: AttemptHash | undefined;
}

/**
 * The slot that the same attempt took before its reply was lost; else that of the session that this
 * device still holds; else an empty or expired one; else one whose session was revoked, though it
 * still tells its device why; else the least recently used.
 *
 * @param sessions those of one person, at most one a slot
 */
export function chooseSlot(
  sessions: readonly Session[],
  slots: number,
  claim: SlotClaim,
  now: Date,
): SlotChoice {
  const candidates = Array.from({ length: slots }, (_, slot) => {
    const session = sessions.find((session) => session.slot === slot);
    return { slot, session, rank: rankOf(session, claim, now) };
  });
  const best = candidates.reduce((best, next) => {
    if (next.rank !== best.rank) return next.rank < best.rank ? next : best;
    return lastUse(next.session) < lastUse(best.session) ? next : best;
  });
  return { slot: best.slot, seen: best.session?.tokenHash };
}

/** Lower is taken first. */
function rankOf(
  session: Session | undefined,
  { heldHash, attemptHash }: SlotClaim,
  now: Date,
): number {
  if (session === undefined) return 2;
  if (attemptHash !== undefined && session.attemptHash === attemptHash) return 0;
  if (heldHash !== undefined && hashesEqual(session.tokenHash, heldHash)) return 1;
  if (hasExpired(session, now)) return 2;
  return session.state === 'revoked' ? 3 : 4;
}

function lastUse(session: Session | undefined): number {
  return session === undefined ? -Infinity : session.renewedAt.getTime();
}
