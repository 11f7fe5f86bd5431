/** Which of a person's slots a sign-in takes, when they may hold several sessions. */
import { isLive, type Session } from './session';
import { hashesEqual, type TokenHash } from './session-token';

/** A slot, and whose token was seen in it: the sign-in takes it only if that is still so. */
export interface SlotChoice {
  slot: number;
  seen: TokenHash | undefined;
}

/**
 * The slot of the session that this device still holds; else an empty or expired one; else one whose session was
 * revoked, though it still tells its device why; else the least recently used.
 *
 * @param sessions those of one person, at most one a slot
 * @param heldHash of the token that the device shows, which need not be good any more
 */
export function chooseSlot(
  sessions: readonly Session[],
  slots: number,
  heldHash: TokenHash | undefined,
  now: Date,
): SlotChoice {
  const candidates = Array.from({ length: slots }, (_, slot) => {
    const session = sessions.find((session) => session.slot === slot);
    return { slot, session, rank: rankOf(session, heldHash, now) };
  });
  const best = candidates.reduce((best, next) => {
    if (next.rank !== best.rank) return next.rank < best.rank ? next : best;
    return lastUse(next.session) < lastUse(best.session) ? next : best;
  });
  return { slot: best.slot, seen: best.session?.tokenHash };
}

/** Lower is taken first. */
function rankOf(session: Session | undefined, heldHash: TokenHash | undefined, now: Date): number {
  if (session === undefined) return 1;
  if (heldHash !== undefined && hashesEqual(session.tokenHash, heldHash)) return 0;
  if (isLive(session, now)) return 3;
  return session.state === 'revoked' && now < session.expiresAt ? 2 : 1;
}

function lastUse(session: Session | undefined): number {
  return session === undefined ? -Infinity : session.renewedAt.getTime();
}
