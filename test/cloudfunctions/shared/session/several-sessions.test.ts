import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { logoutAction } from '../../../../cloudfunctions/shared/session/logout-action';
import { sessionAction } from '../../../../cloudfunctions/shared/session/session-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { PHONE, ZHOU } from '../../../support/people';
import { AT } from '../../../support/sessions';
import { sessionCalls } from './session-calls';

const { world, call, check, signInAs } = sessionCalls(1);

describe('with three sessions a person', () => {
  const three = { policy: { ...defaultPolicy, sessionsPerUser: 3 } };
  const at = (minutes: number) => ({ ...three, now: new Date(AT + minutes * 60_000) });
  const tablet = { name: 'Xiaomi Pad 6', platform: 'android' };
  let tokens: string[];

  beforeEach(async () => {
    tokens = [];
    for (const minute of [0, 2, 1]) {
      const reply = await loginAction(call({ device: minute === 2 ? tablet : PHONE }, at(minute)));
      if (!reply.ok) throw new Error(reply.code);
      tokens.push(reply.sessionToken);
    }
    world.store.operations.length = 0;
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
      signedIn.push(await signInAs({ ...five, now }));
    }
    const [, , asking = ''] = signedIn;
    const now = new Date(AT + 5 * 60_000);
    const reply = await sessionAction(
      call({ action: 'list', sessionToken: asking }, { ...five, now }),
    );
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
    const reply = await logoutAction(call({ sessionToken: tokens[1], scope }, at(5)));
    expect(reply).toEqual({ ok: true, ended });
    expect(await codes()).toEqual(expected);
  });

  test('whoever was signed out from another device learns when and by which', async () => {
    await logoutAction(call({ sessionToken: tokens[1], scope: 'others' }, at(5)));
    expect(await check(tokens[0] ?? '', at(6))).toMatchObject({
      code: 'SESSION_REVOKED',
      detail: { endedAt: AT + 5 * 60_000, device: tablet },
    });
  });

  test('the fourth sign-in takes the least recently used slot, or the one of the token it brings', async () => {
    const slotOf = (reply: object): string | undefined =>
      (reply as { sessionToken: string }).sessionToken.split('.')[0];
    expect(slotOf(await loginAction(call({}, at(6))))).toBe(tokens[0]?.split('.')[0]);
    const held = { sessionToken: tokens[1] };
    expect(slotOf(await loginAction(call(held, at(7))))).toBe(tokens[1]?.split('.')[0]);
  });

  test('a sign-in that loses its slot three times takes one by force', async () => {
    const replace = jest.spyOn(world.store, 'replace').mockResolvedValue(false);
    expect(await loginAction(call({}, at(6)))).toMatchObject({ ok: true });
    expect(replace).toHaveBeenCalledTimes(3);
    expect(world.store.operations.at(-1)).toBe('put');
  });
});
