/** The functions as they are deployed: real bundles, real SDK, real HTTP, against a local cloud. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { eventually } from '../support/eventually';
import { openCloud, type TestCloud } from '../support/local-cloud';

const LIN = { openid: 'openid-of-lin', appid: 'wx-app' };
const ZHOU = { openid: 'openid-of-zhou', appid: 'wx-app' };
const PHONE = { name: 'iPhone 15', platform: 'ios' };
const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

async function signIn(caller = LIN, device = PHONE): Promise<string> {
  const reply = await cloud.call('login', caller, { device });
  expect(reply).toMatchObject({ ok: true });
  return String(reply['sessionToken']);
}

const check = (sessionToken: string, caller = LIN) =>
  cloud.call('session', caller, { action: 'check', sessionToken });

const operationsOf = async () => (await cloud.lastCall()).operations.map(({ action }) => action);

describe('signing in', () => {
  test('leaves one document with a hash, and the secret nowhere', async () => {
    const token = await signIn();
    const documents = await cloud.documents('sessions');
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({
      _id: token.split('.')[0],
      openid: LIN.openid,
      appid: LIN.appid,
      slot: 0,
      state: 'active',
      device: PHONE,
      tokenHash: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      createdAt: expect.any(Date),
      expiresAt: expect.any(Date),
    });
    expect(JSON.stringify([documents, await cloud.calls()])).not.toContain(token.split('.')[1]);
  });

  test('keeps the unionid when WeChat gives one', async () => {
    await cloud.call('login', { ...LIN, unionid: 'union-lin' }, {});
    expect(await cloud.documents('sessions')).toMatchObject([{ unionid: 'union-lin' }]);
  });

  test('on a second phone replaces the first, which learns when and by which device', async () => {
    const first = await signIn();
    const tablet = { name: 'Xiaomi Pad 6', platform: 'android' };
    const reply = await cloud.call('login', LIN, { device: tablet });
    const { createdAt } = reply['session'] as { createdAt: number };
    expect(await check(first)).toMatchObject({
      ok: false,
      code: 'SESSION_REPLACED',
      detail: { endedAt: createdAt, device: tablet },
    });
    expect(await cloud.documents('sessions')).toHaveLength(1);
  });

  test('does not touch anybody else', async () => {
    const lin = await signIn(LIN);
    const zhou = await signIn(ZHOU);
    expect(await check(lin, LIN)).toMatchObject({ ok: true });
    expect(await check(zhou, ZHOU)).toMatchObject({ ok: true });
    expect(await check(lin, ZHOU)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});

test('one person signs in twenty times a minute on an instance, and is told when again', async () => {
  const own = await openCloud({ functionVariables: { login: {} } });
  try {
    const beganAt = Date.now();
    for (let time = 0; time < 20; time++) {
      expect(await own.call('login', LIN, {})).toMatchObject({ ok: true });
    }
    const refusal = await own.call('login', LIN, {});
    expect(refusal).toMatchObject({ ok: false, code: 'TOO_MANY_ATTEMPTS', retryable: true });
    const { retryAt } = refusal['detail'] as { retryAt: number };
    expect(retryAt).toBeGreaterThanOrEqual(beganAt + 60_000);
    expect((await own.lastCall()).operations).toEqual([]);
    expect(await own.call('login', ZHOU, {})).toMatchObject({ ok: true });
    await own.control({ advanceClockMs: 60_000 });
    expect(await own.call('login', LIN, {})).toMatchObject({ ok: true });
  } finally {
    await own.close();
  }
});

describe('database operations', () => {
  test('login, check and logout take one each', async () => {
    const token = await signIn();
    expect(await operationsOf()).toEqual(['modifyDocument']);
    await check(token);
    expect(await operationsOf()).toEqual(['getDocument']);
    await cloud.call('logout', LIN, { sessionToken: token });
    expect(await operationsOf()).toEqual(['removeDocument']);
  });

  test('a check that renews takes one more, once a day', async () => {
    const token = await signIn();
    await cloud.control({ advanceClockMs: DAY_MS });
    expect(await check(token)).toMatchObject({ ok: true });
    expect(await operationsOf()).toEqual(['getDocument', 'modifyDocument']);
    await check(token);
    expect(await operationsOf()).toEqual(['getDocument']);
  });
});

describe('a session', () => {
  test('expires when it is not used for seven days, and not when it is', async () => {
    const token = await signIn();
    for (let day = 0; day < 2; day++) {
      await cloud.control({ advanceClockMs: 4 * DAY_MS });
      expect(await check(token)).toMatchObject({ ok: true });
    }
    await cloud.control({ advanceClockMs: 7 * DAY_MS });
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_EXPIRED' });
  });

  test('ends after thirty days however much it is used', async () => {
    const token = await signIn();
    for (let day = 0; day < 29; day += 1) {
      await cloud.control({ advanceClockMs: DAY_MS });
      expect(await check(token)).toMatchObject({ ok: true });
    }
    await cloud.control({ advanceClockMs: DAY_MS });
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_EXPIRED' });
  });

  test('that an administrator deletes in the console is missing at the next check', async () => {
    const token = await signIn();
    await cloud.admin({
      action: 'database.removeDocument',
      collectionName: 'sessions',
      query: '{}',
    });
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});

describe('signing out', () => {
  test('ends the session in the cloud, and a second time ends nothing', async () => {
    const sessionToken = await signIn();
    expect(await cloud.call('logout', LIN, { sessionToken })).toEqual({ ok: true, ended: 1 });
    expect(await cloud.documents('sessions')).toEqual([]);
    expect(await check(sessionToken)).toMatchObject({ code: 'SESSION_MISSING' });
    expect(await cloud.call('logout', LIN, { sessionToken })).toEqual({ ok: true, ended: 0 });
  });

  test('on the old phone leaves the new phone signed in', async () => {
    const old = await signIn();
    const current = await signIn();
    expect(await cloud.call('logout', LIN, { sessionToken: old })).toEqual({ ok: true, ended: 0 });
    expect(await check(current)).toMatchObject({ ok: true });
  });
});

describe('bad input is a coded refusal and reaches no query', () => {
  const NAMES = ['login', 'logout', 'session', 'note', 'profile', 'account'];

  test.each(NAMES)('%s without an identity, whatever the event claims', async (name) => {
    const event = { sessionToken: 'x', userInfo: { openId: LIN.openid, appId: LIN.appid } };
    expect(await cloud.call(name, {}, event)).toMatchObject({ ok: false, code: 'NO_IDENTITY' });
    expect(await operationsOf()).toEqual([]);
  });

  test.each(['wx_http', 'wx_trigger', 'scf', ''])('a call from %j', async (source) => {
    const answer = await cloud.call('login', { ...LIN, source: source || 'wx_unknown' }, {});
    expect(answer).toMatchObject({ ok: false, code: 'NO_IDENTITY' });
  });

  test.each(NAMES)('%s with null, a text, a number, a list', async (name) => {
    for (const event of [null, 'text', 7, []]) {
      expect(await cloud.call(name, LIN, event)).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        detail: { field: 'data' },
      });
      expect(await operationsOf()).toEqual([]);
    }
  });

  test.each(NAMES)('%s with an operator, a number, or a megabyte as the token', async (name) => {
    for (const sessionToken of [{ $ne: null }, 7, null, ['x'], 'x'.repeat(1_000_000)]) {
      expect(await cloud.call(name, LIN, { action: 'check', sessionToken })).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        detail: { field: 'sessionToken' },
      });
      expect(await operationsOf()).toEqual([]);
    }
  });

  test('fields that nobody knows are ignored', async () => {
    expect(await cloud.call('login', LIN, { openid: ZHOU.openid, $where: '1' })).toMatchObject({
      ok: true,
    });
    expect(await cloud.documents('sessions')).toMatchObject([{ openid: LIN.openid }]);
  });
});

describe('when the cloud fails', () => {
  test('the database being down is UNAVAILABLE, and the session is good again afterwards', async () => {
    const token = await signIn();
    await cloud.control({ fault: { kind: 'databaseDown' } });
    expect(await check(token)).toMatchObject({ ok: false, code: 'UNAVAILABLE', retryable: true });
    expect(await cloud.call('login', LIN, {})).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    await cloud.control({ fault: null });
    expect(await check(token)).toMatchObject({ ok: true });
  });

  test('a database that does not answer is UNAVAILABLE before the platform ends the function', async () => {
    await signIn();
    await cloud.control({ fault: { kind: 'databaseTimeoutBefore', count: 1 } });
    expect(await cloud.call('login', LIN, {})).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
  });

  test('a sign-out whose answer is lost has taken place, and can be repeated', async () => {
    const sessionToken = await signIn();
    await cloud.control({ fault: { kind: 'databaseTimeoutAfter', count: 1 } });
    expect(await cloud.call('logout', LIN, { sessionToken })).toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(await cloud.call('logout', LIN, { sessionToken })).toEqual({ ok: true, ended: 0 });
    expect(await check(sessionToken)).toMatchObject({ code: 'SESSION_MISSING' });
  });

  test('a missing collection is UNAVAILABLE, and the log names it and says what to do', async () => {
    const empty = await openCloud({ collections: [] });
    try {
      expect(await empty.call('login', LIN, {})).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
      const [line] = (await empty.lastCall()).logs;
      expect(line).toContain('collection \\"sessions\\" does not exist');
      expect(line).toContain('ADMINONLY');
    } finally {
      await empty.close();
    }
  });

  test("a previous caller's variables on a warm instance are not believed", async () => {
    await signIn();
    await cloud.control({ fault: { kind: 'staleIdentity' } });
    const before = await cloud.lastCall();
    expect(await cloud.call('login', {}, {})).toMatchObject({ ok: false, code: 'NO_IDENTITY' });
    const after = await cloud.lastCall();
    expect([after.instance, after.cold]).toEqual([before.instance, false]);
    await cloud.control({ fault: null });
  });
});

describe('a function of your own that the session protects', () => {
  const note = (sessionToken: string, data: object, caller = LIN) =>
    cloud.call('note', caller, { ...data, sessionToken });

  test('answers its owner, and each only with their own', async () => {
    const [lin, zhou] = [await signIn(LIN), await signIn(ZHOU)];
    expect(await note(lin, { action: 'read' })).toEqual({ ok: true, text: '' });
    await note(lin, { action: 'save', text: '买牛奶' });
    expect(await note(lin, { action: 'read' })).toEqual({ ok: true, text: '买牛奶' });
    expect(await note(zhou, { action: 'read' }, ZHOU)).toEqual({ ok: true, text: '' });
  });

  test('answers nobody whose session has ended, and says why', async () => {
    const first = await signIn();
    await signIn();
    expect(await note(first, { action: 'read' })).toMatchObject({ code: 'SESSION_REPLACED' });
    expect(await note('nonsense', { action: 'read' })).toMatchObject({ code: 'SESSION_MISSING' });
  });
});

describe('the sweep', () => {
  const timer = { source: 'wx_trigger' };

  test('removes what has expired, and nothing else', async () => {
    await signIn(LIN);
    await cloud.control({ advanceClockMs: 4 * DAY_MS });
    const zhou = await signIn(ZHOU);
    await cloud.control({ advanceClockMs: 4 * DAY_MS });
    expect(await cloud.call('sweep', timer, {})).toEqual({ ok: true, removed: 1, complete: true });
    expect(await cloud.documents('sessions')).toMatchObject([{ openid: ZHOU.openid }]);
    expect(await check(zhou, ZHOU)).toMatchObject({ ok: true });
  });

  test('killed on its way, leaves the rest to the next', async () => {
    await signIn(LIN);
    const [session] = await cloud.documents('sessions');
    const expired = Array.from({ length: 350 }, (_, n) =>
      EJSON.stringify(
        { ...session, _id: `expired-${String(n)}`, expiresAt: new Date(0) },
        { relaxed: false },
      ),
    );
    await cloud.admin({
      action: 'database.insertDocument',
      collectionName: 'sessions',
      data: expired,
    });
    // Its first removal takes place, and is never answered.
    await cloud.control({ fault: { kind: 'databaseTimeoutAfter', action: 'removeDocument' } });
    const swept = cloud.callRaw('sweep', timer, {});
    await eventually(async () => (await cloud.documents('sessions')).length < 351);
    await cloud.control({ killInstances: true });
    expect(await swept).not.toMatchObject({ result: { ok: true } });

    const next = await cloud.call('sweep', timer, {});
    expect(next).toEqual({ ok: true, removed: 250, complete: true });
    expect(await cloud.documents('sessions')).toEqual([session]);
  });

  test.each([
    {},
    LIN,
    { ...LIN, source: 'wx_trigger,scf' },
    { source: 'wx_client' },
    { source: 'scf' },
  ])('refuses %j, also with an event that looks like the timer', async (caller) => {
    const event = { Type: 'Timer', TriggerName: 'hourly', Time: '2026-01-01T00:00:00Z' };
    expect(await cloud.call('sweep', caller, event)).toMatchObject({
      ok: false,
      code: 'NO_IDENTITY',
    });
  });
});
