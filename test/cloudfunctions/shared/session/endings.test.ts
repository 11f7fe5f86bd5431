/** Which session an id, an attempt to sign in, and an opened session are about. */
import { describe, expect, test } from '@jest/globals';
import type { SessionInfo } from '../../../../cloudfunctions/shared/session/contract';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { logoutAction } from '../../../../cloudfunctions/shared/session/logout-action';
import { sessionAction, actionsOf } from '../../../../cloudfunctions/shared/session/session-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { sessionCalls } from './session-calls';

const { renewAfterMs } = defaultPolicy;
const { world, call, check, signIn, signInThree, logout, revoke, openByItself, codes, list } =
  sessionCalls(3);

describe('an id names one session', () => {
  test('ending it from a list of before leaves whoever took its slot since', async () => {
    world.limit = 2;
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
    world.limit = 1;
    const named: string[] = [];
    const tell = { concerns: (id: string) => void named.push(id) };
    const ids = [];
    for (let round = 0; round < 2; round++) {
      const reply = await loginAction(call({}, tell));
      if (!reply.ok) throw new Error(reply.code);
      ids.push(reply.session.id);
      await sessionAction(call({ action: 'check', sessionToken: reply.sessionToken }, tell));
      await logoutAction(call({ sessionToken: reply.sessionToken }, tell));
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
    await Promise.all([1, 2, 3].map(() => loginAction(call({ attempt }))));
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
      expect(await loginAction(call({ attempt: bad }))).toMatchObject({
        code: 'INVALID_INPUT',
        detail: { field: 'attempt' },
      });
      expect(world.store.operations).toEqual([]);
    },
  );
});

describe('for somebody who is known by an opened session', () => {
  async function opened(token: string) {
    const result = await openByItself(token);
    if (!result.ok) throw new Error(result.code);
    world.store.operations.length = 0;
    return actionsOf(result.session);
  }

  test('nothing is read twice', async () => {
    const [first, second] = await signInThree();
    const actions = await opened(first.token);
    expect(await actions.check(call({}))).toMatchObject({ session: { id: first.id } });
    expect(world.store.operations).toEqual([]);
    expect(((await actions.list(call({}))) as { sessions: SessionInfo[] }).sessions).toHaveLength(
      3,
    );
    expect(world.store.operations).toEqual(['findAll']);
    expect(await actions.revoke(call({}), second.id)).toEqual({ ok: true, ended: 1 });
    expect(await actions.endAll(call({}), 'others', 0)).toEqual({ ok: true, ended: 1 });
    expect(await check(second.token)).toMatchObject({
      code: 'SESSION_REVOKED',
      detail: { device: { name: 'first' } },
    });
  });

  test('a session that is due is renewed', async () => {
    const first = await signIn();
    world.now += renewAfterMs;
    const actions = await opened(first.token);
    expect(await actions.check(call({}))).toMatchObject({ session: { renewedAt: world.now } });
    expect(world.store.operations).toEqual(['renew']);
  });

  test('a token beyond the limit, of nobody, or of an ended session opens nothing', async () => {
    const [first, , third] = await signInThree();
    world.limit = 2;
    expect(await openByItself(third.token)).toMatchObject({ code: 'SESSION_MISSING' });
    await logout(first.token);
    expect(await openByItself(first.token)).toMatchObject({ code: 'SESSION_MISSING' });
  });
});
