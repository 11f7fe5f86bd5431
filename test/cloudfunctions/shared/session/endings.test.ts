/** Endings where limits, clocks and slots are not as they were: what was acknowledged is done, and nothing else. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { accountAction } from '../../../../cloudfunctions/account/account-action';
import type { LoginReply, SessionInfo } from '../../../../cloudfunctions/shared/session/contract';
import type { Call } from '../../../../cloudfunctions/shared/session/function-entry';
import {
  actionsOf,
  logIn,
  logOut,
  session,
} from '../../../../cloudfunctions/shared/session/session-actions';
import { openAny, readToken } from '../../../../cloudfunctions/shared/session/open-session';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { StoreUnavailableError } from '../../../../cloudfunctions/shared/session/session-store';
import type { SessionId } from '../../../../cloudfunctions/shared/session/session-token';
import { countingSessionStore } from '../../../support/counting-session-store';
import { memorySessionStore } from '../../../support/memory-session-store';
import { AT, LIN, PHONE, ZHOU } from '../../../support/sessions';

const { idleLifetimeMs, renewAfterMs } = defaultPolicy;
const MINUTE_MS = 60_000;

let store: ReturnType<typeof countingSessionStore>;
let limit: number;
let now: number;

beforeEach(() => {
  store = countingSessionStore(memorySessionStore({ now: () => now }));
  limit = 3;
  now = AT;
});

/** @param skewMs how far ahead the clock of the instance is that serves it */
const call = (event: object, skewMs = 0, changes: Partial<Call> = {}): Call => ({
  event,
  caller: LIN,
  now: new Date(now + skewMs),
  clock: () => new Date(now + skewMs),
  store,
  policy: { ...defaultPolicy, sessionsPerUser: limit },
  doing: () => undefined,
  concerns: () => undefined,
  report: () => undefined,
  ...changes,
});

interface SignedIn {
  token: string;
  id: string;
}

async function signIn(device = PHONE.name, data: object = {}): Promise<SignedIn> {
  const reply: LoginReply = await logIn(call({ device: { name: device }, ...data }));
  if (!reply.ok) throw new Error(reply.code);
  now += 1;
  return { token: reply.sessionToken, id: reply.session.id };
}
async function signInThree(): Promise<[SignedIn, SignedIn, SignedIn]> {
  return [await signIn('first'), await signIn('second'), await signIn('third')];
}

const logout = (sessionToken: string, scope = 'this', more: object = {}, skewMs = 0) =>
  logOut(call({ sessionToken, scope, ...more }, skewMs));
/** As over HTTP, where nothing but the token says who it is. */
function openByItself(sessionToken: string): ReturnType<typeof openAny> {
  const token = readToken(sessionToken);
  if (token === undefined) throw new Error('this is no token');
  return openAny(call({}), token);
}
const check = (sessionToken: string, skewMs = 0) =>
  session(call({ action: 'check', sessionToken }, skewMs));
const revoke = (sessionToken: string, sessionId: string) =>
  session(call({ action: 'revoke', sessionToken, sessionId }));
async function codes(...signedIn: SignedIn[]): Promise<string[]> {
  const replies = await Promise.all(signedIn.map(({ token }) => check(token)));
  return replies.map((reply) => (reply.ok ? 'ok' : reply.code));
}
async function list(token: string): Promise<SessionInfo[]> {
  const reply = await session(call({ action: 'list', sessionToken: token }));
  if (!reply.ok || !('sessions' in reply)) throw new Error('no list');
  return reply.sessions;
}

describe('a limit that was lowered, and rises again', () => {
  test('signing out beyond it ends the session for good', async () => {
    const [, , third] = await signInThree();
    limit = 1;
    expect(await logout(third.token)).toEqual({ ok: true, ended: 1 });
    limit = 3;
    expect(await codes(third)).toEqual(['SESSION_MISSING']);
  });

  test.each(['others', 'everywhere'])(
    'signing out with scope %s ends what is beyond it, in one operation',
    async (scope) => {
      const [first, ...beyond] = await signInThree();
      limit = 1;
      store.operations.length = 0;
      expect(await logout(first.token, scope)).toEqual({
        ok: true,
        ended: scope === 'others' ? 2 : 3,
      });
      expect(store.operations).toEqual(['revokeAll']);
      limit = 3;
      expect(await codes(first, ...beyond)).toEqual([
        scope === 'others' ? 'ok' : 'SESSION_REVOKED',
        'SESSION_REVOKED',
        'SESSION_REVOKED',
      ]);
    },
  );

  test('a session beyond it can be ended from a list of before', async () => {
    const [first, , third] = await signInThree();
    limit = 1;
    expect(await revoke(first.token, third.id)).toEqual({ ok: true, ended: 1 });
    limit = 3;
    expect(await codes(third)).toEqual(['SESSION_REVOKED']);
  });

  test('a session beyond it is refused, is in no list, and stays ended once it was refused', async () => {
    const [first, second, third] = await signInThree();
    limit = 2;
    expect(await codes(first, second, third)).toEqual(['ok', 'ok', 'SESSION_MISSING']);
    expect(await list(first.token)).toHaveLength(2);
    limit = 3;
    expect(await codes(first, second, third)).toEqual(['ok', 'ok', 'SESSION_MISSING']);
  });

  test.each([
    ['a check', ({ token }: SignedIn) => check(token)],
    ['a list', ({ token }: SignedIn) => session(call({ action: 'list', sessionToken: token }))],
    ['a revoke', ({ token }: SignedIn, other: SignedIn) => revoke(token, other.id)],
    [
      'the deletion of the account',
      ({ token }: SignedIn) => accountAction(call({ action: 'delete', sessionToken: token }), []),
    ],
    ['a request over HTTP', ({ token }: SignedIn) => openByItself(token)],
  ])('%s that is refused for it ends the session for good', async (_, refused) => {
    const [first, , third] = await signInThree();
    limit = 2;
    const opened = await refused(third, first);
    expect(opened).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    limit = 3;
    expect(await codes(first, third)).toEqual(['ok', 'SESSION_MISSING']);
  });

  test('one that could not be ended is not refused for good, but for now', async () => {
    const [, , third] = await signInThree();
    limit = 1;
    const down = new StoreUnavailableError('remove', new Error('down'));
    const failing = { ...store, remove: () => Promise.reject(down) };
    const event = { action: 'check', sessionToken: third.token };
    await expect(session(call(event, 0, { store: failing }))).rejects.toBe(down);
    expect(await check(third.token)).toMatchObject({ code: 'SESSION_MISSING' });
  });

  test('sessions beyond it that nobody asked about are as they were: a rise signs nobody out', async () => {
    const [first, second, third] = await signInThree();
    limit = 1;
    await codes(first);
    limit = 16;
    expect(await codes(first, second, third)).toEqual(['ok', 'ok', 'ok']);
  });

  test('a function with another limit that is asked for a list keeps what is beyond its own', async () => {
    const [first, , third] = await signInThree();
    limit = 1;
    expect(await list(first.token)).toHaveLength(1);
    limit = 3;
    expect(await codes(third)).toEqual(['ok']);
  });
});

describe('an ending that meets an expiry', () => {
  /** A check that begins 5 ms before the idle end, and an ending 5 ms after it, before the check's next operation. */
  function checkAround(
    token: string,
    operation: 'find' | 'renew',
    ending: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    now = AT + idleLifetimeMs - 5;
    let pending: typeof ending | undefined = ending;
    const later = async (): Promise<void> => {
      const end = pending;
      if (end === undefined) return;
      pending = undefined;
      now += 10;
      await end();
    };
    const slow = {
      ...store,
      find: async (...args: Parameters<typeof store.find>) => {
        const found = await store.find(...args);
        if (operation === 'find') await later();
        return found;
      },
      renew: async (...args: Parameters<typeof store.renew>) => {
        if (operation === 'renew') await later();
        return store.renew(...args);
      },
    };
    const event = { action: 'check', sessionToken: token };
    return session(call(event, 0, { store: slow, clock: () => new Date(now) }));
  }

  const endings = [
    ['logout', 1, (own: SignedIn) => logout(own.token)],
    ['logout', 3, (own: SignedIn) => logout(own.token)],
    ['revoke', 3, (own: SignedIn, other: SignedIn) => revoke(other.token, own.id)],
    ['everywhere', 1, (own: SignedIn) => logout(own.token, 'everywhere')],
    ['everywhere', 3, (own: SignedIn) => logout(own.token, 'everywhere')],
    ['others', 3, (_: SignedIn, other: SignedIn) => logout(other.token, 'others')],
  ] as const;

  describe.each(['find', 'renew'] as const)('while a check is at its %s', (operation) => {
    test.each(endings)('%s is final, with %i sessions a person', async (_, n, end) => {
      limit = n;
      const own = await signIn();
      // By now the own session is about to run out, and the other one is not.
      now = AT + idleLifetimeMs - MINUTE_MS;
      const other = n === 1 ? own : await signIn('tablet');
      let answer: unknown;
      await checkAround(own.token, operation, async () => {
        answer = await end(own, other);
      });
      expect(answer).toMatchObject({ ok: true });
      expect((await codes(own))[0]).not.toBe('ok');
      const kept = await store.find(own.token.split('.')[0] as SessionId);
      expect(kept?.state).not.toBe('active');
    });
  });

  test.each(['find', 'renew'] as const)(
    'a renewal that reaches the database too late brings nothing back, and says so: slow at its %s',
    async (operation) => {
      const own = await signIn();
      expect(await checkAround(own.token, operation)).toMatchObject({ code: 'SESSION_EXPIRED' });
      expect(await codes(own)).toEqual(['SESSION_EXPIRED']);
    },
  );

  test.each(['this', 'everywhere'])(
    '%s, on an instance whose clock is a minute ahead, ends what others hold for good',
    async (scope) => {
      const own = await signIn();
      now = AT + idleLifetimeMs - MINUTE_MS / 2;
      expect(await logout(own.token, scope, {}, MINUTE_MS)).toEqual({ ok: true, ended: 1 });
      expect((await codes(own))[0]).not.toBe('ok');
    },
  );

  test('everywhere ends a session of an instance whose clock is ahead', async () => {
    const own = await signIn();
    const ahead = await logIn(call({}, MINUTE_MS));
    if (!ahead.ok) throw new Error(ahead.code);
    await logout(own.token, 'everywhere');
    expect(await check(ahead.sessionToken)).toMatchObject({ code: 'SESSION_REVOKED' });
  });
});

describe('signing out everywhere by a token that is no longer good', () => {
  test.each([1, 3])(
    'ends all that were signed in before it was asked for, with %i sessions a person',
    async (sessionsPerUser) => {
      limit = sessionsPerUser;
      const old = await signIn('old phone');
      now += idleLifetimeMs;
      const current = await signIn('new phone');
      now += MINUTE_MS;
      const reply = await logout(old.token, 'everywhere');
      expect(reply).toMatchObject({ ok: true });
      expect((reply as { ended: number }).ended).toBeGreaterThan(0);
      expect(await codes(current)).toEqual(['SESSION_REVOKED']);
    },
  );

  test.each([1, 3])('so does scope others, with %i sessions a person', async (sessionsPerUser) => {
    limit = sessionsPerUser;
    const old = await signIn('old phone');
    await logout(old.token);
    const current = await signIn('new phone');
    expect(await logout(old.token, 'others')).toEqual({ ok: true, ended: 1 });
    expect(await codes(current)).toEqual(['SESSION_REVOKED']);
  });

  test('sent late, leaves what was signed in since, and ends its own session all the same', async () => {
    const [own, before] = [await signIn('own'), await signIn('before')];
    const askedAt = now;
    now += 1_000;
    const since = await signIn('since');
    now += 7 * MINUTE_MS;
    const late = { askedAgoMs: now - askedAt };
    expect(await logout(own.token, 'everywhere', late)).toEqual({ ok: true, ended: 2 });
    expect(await codes(own, before, since)).toEqual(['SESSION_REVOKED', 'SESSION_REVOKED', 'ok']);
  });

  test('asked before the session that asks was issued, by a clock that was changed, ends that session', async () => {
    const own = await signIn();
    expect(await logout(own.token, 'everywhere', { askedAgoMs: 1e15 })).toEqual({
      ok: true,
      ended: 1,
    });
    expect(await codes(own)).toEqual(['SESSION_REVOKED']);
  });

  describe.each(['everywhere', 'others'])('%s, by a token that is none of theirs,', (scope) => {
    test.each([
      ['of somebody else', 1, (_: SignedIn, strange: string) => strange],
      ['of somebody else', 3, (_: SignedIn, strange: string) => strange],
      ['that was cut short', 3, ({ token }: SignedIn) => token.slice(0, -1)],
      ['that is none', 3, () => 'x'],
    ])(
      'such as one %s, ends the sessions of whoever calls, with %i a person, and no others',
      async (_, sessionsPerUser, makeToken) => {
        limit = sessionsPerUser;
        const own = await signIn();
        const strange = await logIn(call({}, 0, { caller: ZHOU }));
        if (!strange.ok) throw new Error(strange.code);
        const token = makeToken(own, strange.sessionToken);
        expect(await logout(token, scope)).toEqual({ ok: true, ended: 1 });
        expect(await codes(own)).toEqual(['SESSION_REVOKED']);
        expect(await openByItself(strange.sessionToken)).toMatchObject({ ok: true });
      },
    );

    test('leaves what was signed in after it was asked for', async () => {
      limit = 3;
      const before = await signIn();
      now += MINUTE_MS;
      const since = await signIn();
      const late = { askedAgoMs: MINUTE_MS / 2 };
      expect(await logout('x', scope, late)).toEqual({ ok: true, ended: 1 });
      expect(await codes(before, since)).toEqual(['SESSION_REVOKED', 'ok']);
    });
  });

  test("of this phone only leaves what is somebody else's, and says that it ended nothing", async () => {
    const own = await signIn();
    expect(await logout(own.token.slice(0, -1))).toEqual({ ok: true, ended: 0 });
    expect(await codes(own)).toEqual(['ok']);
  });

  test.each([null, -1, NaN, Infinity, '5', {}, []])(
    '%p is no time that has passed',
    async (askedAgoMs) => {
      const own = await signIn();
      expect(await logout(own.token, 'everywhere', { askedAgoMs })).toMatchObject({
        code: 'INVALID_INPUT',
        detail: { field: 'askedAgoMs' },
      });
      expect(await codes(own)).toEqual(['ok']);
    },
  );
});

describe('an id names one session', () => {
  test('ending it from a list of before leaves whoever took its slot since', async () => {
    limit = 2;
    const [asking, listed] = [await signIn('asking'), await signIn('listed')];
    const taker = await signIn('taker', { sessionToken: listed.token });
    expect(taker.token.split('.')[0]).toBe(listed.token.split('.')[0]);
    expect(await revoke(asking.token, listed.id)).toMatchObject({
      code: 'SESSION_MISSING',
      detail: { field: 'sessionId' },
    });
    expect(await codes(asking, taker)).toEqual(['ok', 'ok']);
  });

  test('and never the slot: consecutive sessions in one have different ids, in the log too', async () => {
    limit = 1;
    const named: string[] = [];
    const tell = { concerns: (id: string) => void named.push(id) };
    const ids = [];
    for (let round = 0; round < 2; round++) {
      const reply = await logIn(call({}, 0, tell));
      if (!reply.ok) throw new Error(reply.code);
      ids.push(reply.session.id);
      await session(call({ action: 'check', sessionToken: reply.sessionToken }, 0, tell));
      await logOut(call({ sessionToken: reply.sessionToken }, 0, tell));
    }
    const [first, second] = ids;
    expect(first).not.toBe(second);
    expect(named).toEqual([first, first, first, second, second, second]);
  });

  test('also where two functions have different limits', async () => {
    const own = await signIn();
    const slotId = own.token.split('.')[0] ?? '';
    expect(own.id).not.toBe(slotId);
    expect(await revoke(own.token, slotId)).toMatchObject({ detail: { field: 'sessionId' } });
  });
});

describe('a sign-in whose replies get lost', () => {
  const attempt = 'attempt-0123456789';

  test.each([
    ['a new phone', false],
    ['a phone that shows its old token', true],
  ])('on %s takes one place, however often it is repeated', async (_, shows) => {
    const [first, second, third] = await signInThree();
    const held = shows ? { sessionToken: third.token } : {};
    await signIn('lost', { attempt, ...held });
    await signIn('lost again', { attempt, ...held });
    const arrived = await signIn('arrived', { attempt, ...held });
    expect((await list(arrived.token)).map(({ device }) => device.name)).toEqual(
      shows ? ['arrived', 'second', 'first'] : ['arrived', 'third', 'second'],
    );
    expect(await codes(first, second, third)).toEqual(
      shows ? ['ok', 'ok', 'SESSION_REPLACED'] : ['SESSION_REPLACED', 'ok', 'ok'],
    );
  });

  test('and is repeated while the first is still under way takes one place', async () => {
    const first = await signIn('first');
    await Promise.all([1, 2, 3].map(() => logIn(call({ attempt }))));
    expect(await list(first.token)).toHaveLength(2);
  });

  test('another attempt takes another place', async () => {
    const first = await signIn('first', { attempt });
    await signIn('second', { attempt: 'another-0123456789' });
    expect(await codes(first)).toEqual(['ok']);
  });

  test.each([null, 7, {}, '', 'short', 'x'.repeat(65), 'with spaces in it!'])(
    '%p is no name of an attempt',
    async (bad) => {
      expect(await logIn(call({ attempt: bad }))).toMatchObject({
        code: 'INVALID_INPUT',
        detail: { field: 'attempt' },
      });
      expect(store.operations).toEqual([]);
    },
  );
});

describe('for somebody who is known by an opened session', () => {
  async function opened(token: string) {
    const result = await openByItself(token);
    if (!result.ok) throw new Error(result.code);
    store.operations.length = 0;
    return actionsOf(result.session);
  }

  test('nothing is read twice', async () => {
    const [first, second] = await signInThree();
    const actions = await opened(first.token);
    expect(await actions.check(call({}))).toMatchObject({ session: { id: first.id } });
    expect(store.operations).toEqual([]);
    expect(((await actions.list(call({}))) as { sessions: SessionInfo[] }).sessions).toHaveLength(
      3,
    );
    expect(store.operations).toEqual(['findAll']);
    expect(await actions.revoke(call({}), second.id)).toEqual({ ok: true, ended: 1 });
    expect(await actions.endAll(call({}), 'others', 0)).toEqual({ ok: true, ended: 1 });
    expect(await check(second.token)).toMatchObject({
      code: 'SESSION_REVOKED',
      detail: { device: { name: 'first' } },
    });
  });

  test('a session that is due is renewed', async () => {
    const first = await signIn();
    now += renewAfterMs;
    const actions = await opened(first.token);
    expect(await actions.check(call({}))).toMatchObject({ session: { renewedAt: now } });
    expect(store.operations).toEqual(['renew']);
  });

  test('a token beyond the limit, of nobody, or of an ended session opens nothing', async () => {
    const [first, , third] = await signInThree();
    limit = 2;
    expect(await openByItself(third.token)).toMatchObject({ code: 'SESSION_MISSING' });
    await logout(first.token);
    expect(await openByItself(first.token)).toMatchObject({ code: 'SESSION_MISSING' });
  });
});
