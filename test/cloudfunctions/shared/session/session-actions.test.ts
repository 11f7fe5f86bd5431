import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createRateLimit } from '../../../../cloudfunctions/shared/counters/rate-limit';
import type { LoginReply, Reply } from '../../../../cloudfunctions/shared/session/contract';
import type { Call } from '../../../../cloudfunctions/shared/session/function-entry';
import { logIn, logOut, session } from '../../../../cloudfunctions/shared/session/session-actions';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import {
  formatToken,
  newSecret,
  sessionId,
} from '../../../../cloudfunctions/shared/session/session-token';
import { countingSessionStore } from '../../../support/counting-session-store';
import { memorySessionStore } from '../../../support/memory-session-store';
import { AT, LIN, PHONE, ZHOU } from '../../../support/sessions';

let store: ReturnType<typeof countingSessionStore>;

beforeEach(() => {
  store = countingSessionStore(memorySessionStore());
});

const call = (event: unknown, changes: Partial<Call> = {}): Call => ({
  event,
  caller: LIN,
  now: new Date(AT),
  clock: () => new Date(AT),
  store,
  policy: defaultPolicy,
  doing: () => undefined,
  concerns: () => undefined,
  report: () => undefined,
  ...changes,
});

async function signIn(changes: Partial<Call> = {}): Promise<string> {
  const reply = await logIn(call({ device: PHONE }, changes));
  if (!reply.ok) throw new Error(reply.code);
  return reply.sessionToken;
}

const check = (sessionToken: string, changes: Partial<Call> = {}) =>
  session(call({ action: 'check', sessionToken }, changes));

describe('login', () => {
  test('answers with a token that opens the session it describes', async () => {
    const reply = await logIn(call({ device: PHONE }));
    expect(reply).toMatchObject({
      ok: true,
      session: { device: PHONE, current: true },
    });
    const { sessionToken, session } = reply as Extract<LoginReply, { ok: true }>;
    expect(await check(sessionToken)).toMatchObject({ ok: true, session: { id: session.id } });
  });

  test('needs no device', async () => {
    expect(await logIn(call({}))).toMatchObject({
      ok: true,
      session: { device: { name: '', platform: '' } },
    });
  });

  test('takes one database operation', async () => {
    await signIn();
    expect(store.operations).toEqual(['put']);
  });

  test('may be asked for so often a minute by one person, and says when again', async () => {
    const limitLogins = createRateLimit({ limit: 2, windowMs: 60_000 });
    await signIn({ limitLogins });
    await logIn(call({ device: null }, { limitLogins }));
    await signIn({ limitLogins });
    store.operations.length = 0;
    expect(await logIn(call({}, { limitLogins }))).toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      retryable: true,
      detail: { retryAt: AT + 60_000 },
    });
    expect(store.operations).toEqual([]);
    await signIn({ limitLogins, caller: ZHOU });
    await signIn({ limitLogins, caller: { ...LIN, appid: 'wx-other' } });
    await signIn({ limitLogins, now: new Date(AT + 60_000) });
  });

  test('on a second phone ends the first one, and tells it when and by which device', async () => {
    const first = await signIn();
    const tablet = { name: 'Xiaomi Pad 6', platform: 'android' };
    await logIn(call({ device: tablet }, { now: new Date(AT + 60_000) }));
    expect(await check(first)).toMatchObject({
      ok: false,
      code: 'SESSION_REPLACED',
      detail: { endedAt: AT + 60_000, device: tablet },
    });
  });
});

describe('check', () => {
  test('takes one database operation', async () => {
    const token = await signIn();
    store.operations.length = 0;
    await check(token);
    expect(store.operations).toEqual(['find']);
  });

  test("of somebody else's token is SESSION_MISSING and asks the database nothing", async () => {
    const stolen = await signIn();
    store.operations.length = 0;
    expect(await check(stolen, { caller: ZHOU })).toMatchObject({
      ok: false,
      code: 'SESSION_MISSING',
    });
    expect(await check(stolen, { caller: { ...LIN, appid: 'wx-other' } })).toMatchObject({
      code: 'SESSION_MISSING',
    });
    expect(store.operations).toEqual([]);
  });

  test('of a text that is no token is SESSION_MISSING', async () => {
    expect(await check('nonsense')).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});

describe('logout', () => {
  const logout = (sessionToken: string, changes: Partial<Call> = {}) =>
    logOut(call({ sessionToken }, changes));

  test('ends the session, in one database operation', async () => {
    const token = await signIn();
    store.operations.length = 0;
    expect(await logout(token)).toEqual({ ok: true, ended: 1 });
    expect(store.operations).toEqual(['remove']);
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });

  test('a second time ends nothing and is no error', async () => {
    const token = await signIn();
    await logout(token);
    expect(await logout(token)).toEqual({ ok: true, ended: 0 });
  });

  test('that comes late from the replaced phone leaves the new phone signed in', async () => {
    const old = await signIn();
    const current = await signIn();
    expect(await logout(old)).toEqual({ ok: true, ended: 0 });
    expect(await check(current)).toMatchObject({ ok: true });
  });

  test("of somebody else's token ends nothing", async () => {
    const token = await signIn();
    expect(await logout(token, { caller: ZHOU })).toEqual({ ok: true, ended: 0 });
    expect(await check(token)).toMatchObject({ ok: true });
  });
});

describe('with three sessions a person', () => {
  const three = { policy: { ...defaultPolicy, sessionsPerUser: 3 } };
  const at = (minutes: number) => ({ ...three, now: new Date(AT + minutes * 60_000) });
  const tablet = { name: 'Xiaomi Pad 6', platform: 'android' };
  let tokens: string[];

  beforeEach(async () => {
    tokens = [];
    for (const minute of [0, 2, 1]) {
      const reply = await logIn(call({ device: minute === 2 ? tablet : PHONE }, at(minute)));
      if (!reply.ok) throw new Error(reply.code);
      tokens.push(reply.sessionToken);
    }
    store.operations.length = 0;
  });

  const codes = (changes = at(5)): Promise<string[]> =>
    Promise.all(
      tokens.map(async (token) => {
        const reply = await check(token, changes);
        return reply.ok ? 'ok' : reply.code;
      }),
    );

  test('a list begins with the session that asks, then by last use', async () => {
    const five = { policy: { ...defaultPolicy, sessionsPerUser: 5 }, caller: ZHOU };
    const signedIn = [];
    for (const minute of [3, 0, 2, 4, 1]) {
      const now = new Date(AT + minute * 60_000);
      signedIn.push(await signIn({ ...five, now }));
    }
    const [, , asking = ''] = signedIn;
    const now = new Date(AT + 5 * 60_000);
    const reply = await session(call({ action: 'list', sessionToken: asking }, { ...five, now }));
    if (!reply.ok || !('sessions' in reply)) throw new Error('no list');
    expect(
      reply.sessions.map(({ current, renewedAt }) => [current, (renewedAt - AT) / 60_000]),
    ).toEqual([
      [true, 2],
      [false, 4],
      [false, 3],
      [false, 1],
      [false, 0],
    ]);
  });

  test('a check describes the session as the current one', async () => {
    expect(await check(tokens[1] ?? '', at(5))).toMatchObject({
      session: { current: true, device: tablet },
    });
  });

  test.each([
    ['this', 1, ['ok', 'SESSION_MISSING', 'ok']],
    ['others', 2, ['SESSION_REVOKED', 'ok', 'SESSION_REVOKED']],
    ['everywhere', 3, ['SESSION_REVOKED', 'SESSION_REVOKED', 'SESSION_REVOKED']],
  ])('signing out with scope %s ends %p', async (scope, ended, expected) => {
    const reply = await logOut(call({ sessionToken: tokens[1], scope }, at(5)));
    expect(reply).toEqual({ ok: true, ended });
    expect(await codes()).toEqual(expected);
  });

  test('whoever was signed out from another device learns when and by which', async () => {
    await logOut(call({ sessionToken: tokens[1], scope: 'others' }, at(5)));
    expect(await check(tokens[0] ?? '', at(6))).toMatchObject({
      code: 'SESSION_REVOKED',
      detail: { endedAt: AT + 5 * 60_000, device: tablet },
    });
  });

  test('the fourth sign-in takes the least recently used slot, or the one of the token it brings', async () => {
    const slotOf = (reply: object): string | undefined =>
      (reply as { sessionToken: string }).sessionToken.split('.')[0];
    expect(slotOf(await logIn(call({}, at(6))))).toBe(tokens[0]?.split('.')[0]);
    const held = { sessionToken: tokens[1] };
    expect(slotOf(await logIn(call(held, at(7))))).toBe(tokens[1]?.split('.')[0]);
  });

  test('a sign-in that loses its slot three times takes one by force', async () => {
    const replace = jest.spyOn(store, 'replace').mockResolvedValue(false);
    expect(await logIn(call({}, at(6)))).toMatchObject({ ok: true });
    expect(replace).toHaveBeenCalledTimes(3);
    expect(store.operations.at(-1)).toBe('put');
  });
});

describe('bad input is refused by name and reaches no query', () => {
  const token = formatToken(sessionId(LIN, 0), newSecret());
  const operator = { $ne: null };
  const megabyte = 'x'.repeat(1_000_000);
  type Action = (call: Call) => Promise<Reply<object>>;

  const cases: [string, Action, unknown, string][] = [
    ...([logIn, logOut, session] as Action[]).flatMap(
      (action): [string, Action, unknown, string][] =>
        [undefined, null, 'text', 7, true, [], [{}]].map((event) => [
          action.name,
          action,
          event,
          'data',
        ]),
    ),
    ...[null, 7, [], operator, megabyte].flatMap((bad): [string, Action, unknown, string][] => [
      ['logIn', logIn, { sessionToken: bad }, 'sessionToken'],
      ['logOut', logOut, { sessionToken: bad }, 'sessionToken'],
      ['session', session, { action: 'check', sessionToken: bad }, 'sessionToken'],
      ['session', session, { action: bad, sessionToken: token }, 'action'],
      ['logIn', logIn, { device: { name: bad } }, 'device.name'],
      ['logIn', logIn, { device: { platform: bad } }, 'device.platform'],
    ]),
    ...[null, 7, 'phone', []].map((bad): [string, Action, unknown, string] => [
      'logIn',
      logIn,
      { device: bad },
      'device',
    ]),
    ...[null, 7, 'all', operator].map((bad): [string, Action, unknown, string] => [
      'logOut',
      logOut,
      { sessionToken: token, scope: bad },
      'scope',
    ]),
    ...[null, 7, operator, megabyte].map((bad): [string, Action, unknown, string] => [
      'session',
      session,
      { action: 'revoke', sessionToken: token, sessionId: bad },
      'sessionId',
    ]),
    ['logOut', logOut, {}, 'sessionToken'],
    ['session', session, { action: 'check' }, 'sessionToken'],
    ['session', session, { sessionToken: token }, 'action'],
    ['session', session, { action: 'toString', sessionToken: token }, 'action'],
  ];

  test.each(cases.map(([name, action, event, field]) => ({ name, action, event, field })))(
    '$name names $field',
    async ({ action, event, field }) => {
      expect(await action(call(event))).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        retryable: false,
        detail: { field },
      });
      expect(store.operations).toEqual([]);
    },
  );
});
