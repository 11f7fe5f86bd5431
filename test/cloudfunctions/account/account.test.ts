import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accountAction } from '../../../cloudfunctions/account/account-action';
import type { PersonalData } from '../../../cloudfunctions/shared/personal-data/personal-data';
import { functionEntry } from '../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../cloudfunctions/shared/session/login-action';
import type { Session } from '../../../cloudfunctions/shared/session/session';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { sessionId, type SessionId } from '../../../cloudfunctions/shared/session/session-token';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { memorySessionStore } from '../../support/memory-session-store';
import { LIN, ZHOU, wxContextOf, LIN_ACCOUNT } from '../../support/people';
import { faultySessionStore, type Fault } from '../../support/promises/faulty-session-store';
import { AT } from '../../support/sessions';

describe('deleting an account, on the real bundles', () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await openCloud({ environment: { SESSIONS_PER_USER: '3' } });
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.control({ reset: true }));

  const signIn = async (caller = LIN): Promise<string> =>
    String((await cloud.call('login', caller, {}))['sessionToken']);

  test('removes the note and every session of the person, and nothing of anybody else', async () => {
    const [phone, tablet, zhou] = [await signIn(), await signIn(), await signIn(ZHOU)];
    await cloud.call('note', LIN, { action: 'save', text: 'mine', sessionToken: phone });
    await cloud.call('note', ZHOU, { action: 'save', text: 'theirs', sessionToken: zhou });

    const reply = await cloud.call('account', LIN, { action: 'delete', sessionToken: phone });
    expect(reply).toEqual({ ok: true, deleted: true });
    expect((await cloud.lastCall()).operations.map(({ action }) => action)).toEqual([
      'getDocument',
      'removeDocument',
      // The note, and the profile, which does not exist.
      'getDocument',
      'removeDocument',
      'getDocument',
      // Every session; then whether anything was created in between, web sessions first.
      'removeDocument',
      'getDocument',
      'getDocument',
      'getDocument',
    ]);
    expect(await cloud.documents('notes')).toMatchObject([{ text: 'theirs' }]);
    expect(await cloud.documents('sessions')).toMatchObject([{ openid: ZHOU.openid }]);
    for (const sessionToken of [phone, tablet]) {
      const check = await cloud.call('session', LIN, { action: 'check', sessionToken });
      expect(check).toMatchObject({ code: 'SESSION_MISSING' });
    }
  });

  test('is a clean start: the person can sign in again, and finds nothing', async () => {
    const before = await signIn();
    await cloud.call('note', LIN, { action: 'save', text: 'mine', sessionToken: before });
    await cloud.call('account', LIN, { action: 'delete', sessionToken: before });
    const sessionToken = await signIn();
    expect(await cloud.call('note', LIN, { action: 'read', sessionToken })).toEqual({
      ok: true,
      text: '',
    });
  });

  test.each([
    [0, { ok: true, deleted: true }],
    [1, { ok: false, code: 'SESSION_NOT_FRESH', retryable: false }],
  ])('ten minutes and %i ms after the sign-in it is %j', async (more, expected) => {
    const store = memorySessionStore();
    let now = AT;
    const environment = {
      getWXContext: () => wxContextOf(LIN),
      store,
      policy: defaultPolicy,
      now: () => new Date(now),
      log: () => undefined,
    };
    const login = await functionEntry('login', environment, loginAction)({});
    if (!login.ok) throw new Error(login.code);
    let removals = 0;
    const kept: PersonalData = {
      removeAll: () => {
        removals += 1;
        return Promise.resolve({ filesLeft: 0 });
      },
    };
    now = AT + 10 * 60_000 + more;
    const remove = functionEntry('account', environment, (call) => accountAction(call, [kept]));
    const event = { action: 'delete', sessionToken: login.sessionToken };
    expect(await remove(event)).toMatchObject(expected);
    expect(removals > 0).toBe(expected.ok);
    // It is told to the person; their session stays as it is.
    if (!expected.ok)
      expect(await store.find(sessionId(LIN_ACCOUNT, 0))).toMatchObject({ state: 'active' });
  });

  test('says how many files the storage kept', async () => {
    const environment = {
      getWXContext: () => wxContextOf(LIN),
      store: memorySessionStore(),
      policy: defaultPolicy,
      now: () => new Date(AT),
      log: (line: string) => void logs.push(line),
    };
    const logs: string[] = [];
    const login = await functionEntry('login', environment, loginAction)({});
    if (!login.ok) throw new Error(login.code);
    const kept: PersonalData = { removeAll: () => Promise.resolve({ filesLeft: 2 }) };
    const reply = await functionEntry('account', environment, (call) =>
      accountAction(call, [kept]),
    )({ action: 'delete', sessionToken: login.sessionToken });
    expect(reply).toEqual({ ok: true, deleted: true, filesLeft: 2 });
    expect(logs.at(-1)).toContain('"filesLeft":2');
  });

  test.each([
    [{ action: 'delete' }, 'INVALID_INPUT'],
    [{ action: 'erase', sessionToken: 'x' }, 'INVALID_INPUT'],
    [{ action: { $ne: null }, sessionToken: 'x' }, 'INVALID_INPUT'],
    [{ action: 'delete', sessionToken: 'x' }, 'SESSION_MISSING'],
  ])('refuses %j and removes nothing', async (data, code) => {
    await signIn();
    expect(await cloud.call('account', LIN, data)).toMatchObject({ ok: false, code });
    expect(await cloud.documents('sessions')).toHaveLength(1);
  });
});

describe('deleting an account that is cut short', () => {
  const faults: Fault[] = [1, 2, 3].flatMap((at) =>
    (['timeout', 'crash'] as const).flatMap((kind) =>
      (['before', 'after'] as const).map((when) => ({ at, kind, when })),
    ),
  );

  test.each(faults)(
    'by a $kind $when operation $at can be asked for again, and finishes',
    async (fault) => {
      const sessions = new Map<SessionId, Session>();
      const store = memorySessionStore({ sessions });
      let notes = 1;
      const note: PersonalData = {
        removeAll: () => {
          notes = 0;
          return Promise.resolve({ filesLeft: 0 });
        },
      };
      const environment = (under = store) => ({
        getWXContext: () => wxContextOf(LIN),
        store: under,
        policy: { ...defaultPolicy, sessionsPerUser: 2 },
        now: () => new Date(AT),
        log: () => undefined,
      });
      const signedIn = await functionEntry('login', environment(), loginAction)({});
      await functionEntry('login', environment(), loginAction)({});
      if (!signedIn.ok) throw new Error(signedIn.code);
      const event = { action: 'delete', sessionToken: signedIn.sessionToken };
      const remove = (under = store) =>
        functionEntry('account', environment(under), (call) => accountAction(call, [note]))(event);

      const trace = faultySessionStore(store, fault);
      await Promise.race([remove(trace.store), trace.crashed]);
      expect(trace.hit).toBe(true);
      const again = await remove();
      // The sessions are gone: nothing is left to authorise with.
      const wasDone = fault.at === 3 && fault.when === 'after';
      expect(again).toMatchObject(
        wasDone ? { code: 'SESSION_MISSING' } : { ok: true, deleted: true },
      );
      expect([notes, sessions.size]).toEqual([0, 0]);
    },
  );
});

test('empties the slots beyond a limit that was lowered', async () => {
  const sessions = new Map<SessionId, Session>();
  const store = memorySessionStore({ sessions });
  const at = (sessionsPerUser: number) => ({
    getWXContext: () => wxContextOf(LIN),
    store,
    policy: { ...defaultPolicy, sessionsPerUser },
    now: () => new Date(AT),
    log: () => undefined,
  });
  const login = functionEntry('login', at(3), loginAction);
  const [first] = [await login({}), await login({}), await login({})];
  if (!first.ok) throw new Error(first.code);
  expect([...sessions.keys()]).toContain(sessionId(LIN_ACCOUNT, 2));
  const { sessionToken } = first;
  await functionEntry('account', at(1), (call) => accountAction(call, []))({
    action: 'delete',
    sessionToken,
  });
  expect(sessions.size).toBe(0);
});
