import { describe, expect, test } from '@jest/globals';
import {
  describeSession,
  issueSession,
  verifySession,
  type Session,
} from '../../../../cloudfunctions/shared/session/session';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import {
  hashSecret,
  newSecret,
  publicSessionId,
} from '../../../../cloudfunctions/shared/session/session-token';
import { PHONE } from '../../../support/people';
import { activeSession, AT } from '../../../support/sessions';

const at = (offsetMs: number): Date => new Date(AT + offsetMs);
const { idleLifetimeMs, absoluteLifetimeMs } = defaultPolicy;

describe('a new session', () => {
  test('lasts its idle lifetime, and never past its absolute one', () => {
    const session = activeSession();
    expect(session.createdAt).toEqual(at(0));
    expect(session.renewedAt).toEqual(at(0));
    expect(session.expiresAt).toEqual(at(idleLifetimeMs));
    expect(session.absoluteExpiresAt).toEqual(at(absoluteLifetimeMs));
  });

  test('ends with its absolute lifetime when that is the shorter one', () => {
    const policy = { ...defaultPolicy, idleLifetimeMs: 10, absoluteLifetimeMs: 5 };
    expect(issueSession(activeSession(), policy, at(0)).expiresAt).toEqual(at(5));
  });
});

describe('a session is good', () => {
  const session = activeSession();

  test('for its own token until the millisecond before it expires', () => {
    const result = verifySession(session, session.tokenHash, defaultPolicy, at(idleLifetimeMs - 1));
    expect(result).toEqual({ ok: true, session });
  });

  test('not from the moment it expires', () => {
    const result = verifySession(session, session.tokenHash, defaultPolicy, at(idleLifetimeMs));
    expect(result).toEqual({ ok: false, code: 'SESSION_EXPIRED' });
  });

  test('not past its absolute end, whatever the idle end says', () => {
    const renewedTooFar = { ...session, expiresAt: at(absoluteLifetimeMs * 2) };
    const result = verifySession(
      renewedTooFar,
      session.tokenHash,
      defaultPolicy,
      at(absoluteLifetimeMs),
    );
    expect(result).toEqual({ ok: false, code: 'SESSION_EXPIRED' });
  });

  test('not for an earlier token: it says when the later sign-in was, and on which device', () => {
    const result = verifySession(session, hashSecret(newSecret()), defaultPolicy, at(1));
    expect(result).toEqual({
      ok: false,
      code: 'SESSION_REPLACED',
      detail: { endedAt: AT, device: PHONE },
    });
  });

  test('not once it is revoked: it says when, and from which device', () => {
    const revokedBy = { name: 'Xiaomi 14', platform: 'android' };
    const revoked = { ...session, state: 'revoked', revokedAt: at(5), revokedBy } as const;
    expect(verifySession(revoked, session.tokenHash, defaultPolicy, at(6))).toEqual({
      ok: false,
      code: 'SESSION_REVOKED',
      detail: { endedAt: AT + 5, device: revokedBy },
    });
  });

  test('not in a slot beyond the limit, unless it was ended otherwise', () => {
    const third = { ...session, slot: 2 };
    const verify = (sessionsPerUser: number, found: Session = third) =>
      verifySession(found, session.tokenHash, { sessionsPerUser, webSessionsPerUser: 1 }, at(1));
    expect(verify(3)).toMatchObject({ ok: true });
    expect(verify(2)).toEqual({ ok: false, code: 'SESSION_MISSING' });
    const revoked = { ...third, state: 'revoked', revokedAt: at(0), revokedBy: PHONE } as const;
    expect(verify(2, revoked)).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  test('not when there is none', () => {
    const result = verifySession(undefined, session.tokenHash, defaultPolicy, at(0));
    expect(result).toEqual({ ok: false, code: 'SESSION_MISSING' });
  });
});

test('what its owner sees of a session has neither the hash nor the identity', () => {
  const session = activeSession({ unionid: 'union-lin' });
  const seen = describeSession(session, true);
  expect(seen).toEqual({
    id: publicSessionId(session.tokenHash),
    device: PHONE,
    createdAt: AT,
    renewedAt: AT,
    expiresAt: AT + idleLifetimeMs,
    absoluteExpiresAt: AT + absoluteLifetimeMs,
    current: true,
  });
  expect(JSON.stringify(seen)).not.toContain(session.tokenHash);
  expect(JSON.stringify(seen)).not.toContain(session.id);
  expect(JSON.stringify(seen)).not.toContain(session.openid);
});
