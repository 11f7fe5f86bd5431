import { describe, expect, test } from '@jest/globals';
import type { Session } from '../../../../cloudfunctions/shared/session/session';
import { chooseSlot } from '../../../../cloudfunctions/shared/session/session-slot';
import {
  hashAttempt,
  hashSecret,
  newSecret,
} from '../../../../cloudfunctions/shared/session/session-token';
import { PHONE } from '../../../support/people';
import { activeSession, AT } from '../../../support/sessions';

const NOW = new Date(AT + 1_000);
const NEW = { heldHash: undefined, attemptHash: undefined };

const used = (slot: number, at: number, changes: Partial<ReturnType<typeof activeSession>> = {}) =>
  activeSession({
    slot,
    renewedAt: new Date(AT + at),
    tokenHash: hashSecret(newSecret()),
    ...changes,
  });
const expired = (slot: number, at: number) => used(slot, at, { expiresAt: NOW });
const revoked = (slot: number, at: number): Session => ({
  ...used(slot, at),
  state: 'revoked',
  revokedAt: new Date(AT),
  revokedBy: PHONE,
});
const choose = (sessions: readonly Session[], slots: number, held?: Session) =>
  chooseSlot(sessions, slots, { ...NEW, heldHash: held?.tokenHash }, NOW).slot;

describe('a sign-in takes', () => {
  test('the first slot of a person who has none', () => {
    expect(chooseSlot([], 3, NEW, NOW)).toEqual({ slot: 0, seen: undefined });
  });

  test('the first empty slot, and sees that it is empty', () => {
    expect(chooseSlot([used(0, 1), used(2, 2)], 3, NEW, NOW)).toEqual({
      slot: 1,
      seen: undefined,
    });
  });

  test("the slot of the device's own session before an empty one, and sees its token", () => {
    const own = used(1, 5);
    expect(chooseSlot([used(0, 1), own], 3, { ...NEW, heldHash: own.tokenHash }, NOW)).toEqual({
      slot: 1,
      seen: own.tokenHash,
    });
  });

  test("the slot of the device's own session also when it was revoked or has expired", () => {
    const [first, second] = [revoked(1, 5), expired(1, 5)];
    expect(choose([used(0, 1), first], 3, first)).toBe(1);
    expect(choose([used(0, 1), second], 3, second)).toBe(1);
  });

  test('the slot that the same attempt took before, also before that of the session the device held', () => {
    const attemptHash = hashAttempt('a'.repeat(22));
    const [own, taken] = [used(0, 1), used(2, 9, { attemptHash })];
    const claim = { heldHash: own.tokenHash, attemptHash };
    expect(chooseSlot([own, used(1, 2), taken], 3, claim, NOW).slot).toBe(2);
    const another = { ...claim, attemptHash: hashAttempt('b'.repeat(22)) };
    expect(chooseSlot([own, used(1, 2), taken], 3, another, NOW).slot).toBe(0);
  });

  test('no notice of attempts when neither has a name', () => {
    expect(choose([used(0, 9), used(1, 1)], 2)).toBe(1);
  });

  test('no notice of a token that is in no slot any more', () => {
    expect(choose([used(0, 1)], 2, used(0, 1))).toBe(1);
  });

  test('an expired session before a revoked one, which still tells its device why', () => {
    expect(choose([used(0, 1), revoked(1, 2), expired(2, 3)], 3)).toBe(2);
  });

  test('an empty slot before an expired one', () => {
    expect(choose([expired(0, 1)], 2)).toBe(1);
  });

  test('a revoked session before a live one, however lately it was used', () => {
    expect(choose([used(0, 1), revoked(1, 9), used(2, 2)], 3)).toBe(1);
  });

  test('a revoked session that would have expired by now like an expired one', () => {
    const over: Session = { ...revoked(1, 2), expiresAt: NOW };
    expect(choose([revoked(0, 1), over], 2)).toBe(1);
  });

  test('the least recently used of live sessions, and the first of equals', () => {
    expect(choose([used(0, 3), used(1, 1), used(2, 2)], 3)).toBe(1);
    expect(choose([used(1, 1), used(0, 1)], 2)).toBe(0);
  });

  test('only slots that the policy has', () => {
    expect(choose([used(0, 5), used(7, 1)], 1)).toBe(0);
  });
});
