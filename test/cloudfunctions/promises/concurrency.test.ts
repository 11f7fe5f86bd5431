/** Many calls at once, on real instances, against a local cloud. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openCloud, type Answer, type TestCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';

const DAY_MS = 24 * 60 * 60 * 1000;

const times = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

describe.each([1, 3])('with %i sessions a person', (sessionsPerUser) => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await openCloud({
      environment: { SESSIONS_PER_USER: String(sessionsPerUser) },
      maxInstances: 3,
    });
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.control({ reset: true }));

  const login = (name = 'phone') => cloud.call('login', LIN, { device: { name } });
  const check = (token: unknown): Promise<Answer> =>
    cloud.call('session', LIN, { action: 'check', sessionToken: token });
  const list = (token: unknown): Promise<Answer> =>
    cloud.call('session', LIN, { action: 'list', sessionToken: token });

  test('200 sign-ins at once all succeed and leave exactly as many live sessions', async () => {
    const replies = await times(200, () => login());
    expect(replies.filter(({ ok }) => ok === true)).toHaveLength(200);
    const checks = await Promise.all(replies.map(({ sessionToken }) => check(sessionToken)));
    expect(checks.filter(({ ok }) => ok === true)).toHaveLength(sessionsPerUser);
    const refused = new Set(checks.filter(({ ok }) => ok === false).map(({ code }) => code));
    expect([...refused]).toEqual(['SESSION_REPLACED']);
    expect(await cloud.documents('sessions')).toHaveLength(sessionsPerUser);
  });

  test('of many sign-outs of one session at once, one ends it', async () => {
    const { sessionToken } = await login();
    const replies = await times(20, () => cloud.call('logout', LIN, { sessionToken }));
    expect(replies.filter(({ ended }) => ended === 1)).toHaveLength(1);
    expect(await check(sessionToken)).toMatchObject({ ok: false });
  });

  test('a sign-out that races renewals is never undone', async () => {
    const { sessionToken } = await login();
    await cloud.control({ advanceClockMs: DAY_MS });
    const logout = cloud.call('logout', LIN, { sessionToken });
    await Promise.all([...Array.from({ length: 10 }, () => check(sessionToken)), logout]);
    expect(await check(sessionToken)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    expect(await cloud.documents('sessions')).toEqual([]);
  });

  if (sessionsPerUser === 1) return;

  test('three sign-ins at once are all there, and each finds itself in the list', async () => {
    const replies = await Promise.all(['phone', 'tablet', 'laptop'].map((name) => login(name)));
    for (const { sessionToken, session } of replies) {
      const { sessions } = (await list(sessionToken)) as { sessions: Answer[] };
      expect(sessions).toHaveLength(3);
      expect(sessions.filter(({ current }) => current)).toEqual([session]);
      expect(sessions[0]).toEqual(session);
    }
  });

  test('a revocation that races renewals never loses', async () => {
    for (let round = 0; round < 5; round++) {
      const [phone, tablet] = [await login('phone'), await login('tablet')];
      await cloud.control({ advanceClockMs: DAY_MS });
      const { id: sessionId } = tablet['session'] as { id: string };
      const { sessionToken } = phone;
      const revoke = cloud.call('session', LIN, { action: 'revoke', sessionToken, sessionId });
      const checks = Array.from({ length: 6 }, () => check(tablet['sessionToken']));
      await Promise.all([...checks, revoke]);
      expect(await revoke).toEqual({ ok: true, ended: 1 });
      expect(await check(tablet['sessionToken'])).toMatchObject({
        code: 'SESSION_REVOKED',
        detail: { device: { name: 'phone' } },
      });
      await cloud.call('logout', LIN, { sessionToken, scope: 'everywhere' });
    }
  });

  test('sign-out everywhere ends all that were there, and the others learn why', async () => {
    const [phone, tablet] = [await login('phone'), await login('tablet')];
    const { sessionToken } = phone;
    expect(await cloud.call('logout', LIN, { sessionToken, scope: 'everywhere' })).toEqual({
      ok: true,
      ended: 2,
    });
    expect((await cloud.lastCall()).operations.map(({ action }) => action)).toEqual([
      'getDocument',
      'modifyDocument',
    ]);
    expect(await check(sessionToken)).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await check(tablet['sessionToken'])).toMatchObject({
      code: 'SESSION_REVOKED',
      detail: { device: { name: 'phone' } },
    });
  });
});

describe('the policy of a deployment', () => {
  const start = async (environment: Record<string, string>): Promise<Answer> => {
    const cloud = await openCloud({ environment });
    try {
      return await cloud.callRaw('login', LIN, {});
    } finally {
      await cloud.close();
    }
  };

  test('comes from the environment of the functions', async () => {
    const answer = await start({ SESSION_IDLE_MS: '60000', SESSION_RENEW_AFTER_MS: '1000' });
    const { session } = answer['result'] as { session: { createdAt: number; expiresAt: number } };
    expect(session.expiresAt - session.createdAt).toBe(60_000);
  });

  test('that makes no sense stops the function with an error that names the variable', async () => {
    const answer = await start({ SESSIONS_PER_USER: '17' });
    expect(answer).toMatchObject({ errCode: -504002 });
    expect(answer['errMsg']).toContain(
      'SESSIONS_PER_USER must be a whole number from 1 to 16, not "17"',
    );
  });

  test('that trusts another source refuses the usual ones', async () => {
    expect(await start({ SESSION_SOURCES: 'wx_devtools' })).toMatchObject({
      result: { code: 'NO_IDENTITY' },
    });
  });
});
