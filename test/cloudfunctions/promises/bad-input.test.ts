import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../support/deployed-functions';
import { LIN, ZHOU } from '../../support/people';
import { severalWaysIn } from '../../support/several-ways-in';

const deployed = deployedFunctions();
const { operations } = deployed;

describe('bad input is a coded refusal and reaches no query', () => {
  const NAMES = ['login', 'logout', 'session', 'note', 'profile', 'account'];

  test.each(NAMES)('%s without an identity, whatever the event claims', async (name) => {
    const event = { sessionToken: 'x', userInfo: { openId: LIN.openid, appId: LIN.appid } };
    expect(await deployed.cloud.call(name, {}, event)).toMatchObject({
      ok: false,
      code: 'NO_IDENTITY',
    });
    expect(await operations()).toEqual([]);
  });

  test.each(['wx_http', 'wx_trigger', 'scf', ''])('a call from %j', async (source) => {
    const answer = await deployed.cloud.call(
      'login',
      { ...LIN, source: source || 'wx_unknown' },
      {},
    );
    expect(answer).toMatchObject({ ok: false, code: 'NO_IDENTITY' });
  });

  test.each(NAMES)('%s with null, a string, a number, an array', async (name) => {
    for (const event of [null, 'text', 7, []]) {
      expect(await deployed.cloud.call(name, LIN, event)).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        detail: { field: 'data' },
      });
      expect(await operations()).toEqual([]);
    }
  });

  test.each(NAMES)('%s with an operator, a number, or a megabyte as the token', async (name) => {
    for (const sessionToken of [{ $ne: null }, 7, null, ['x'], 'x'.repeat(1_000_000)]) {
      expect(await deployed.cloud.call(name, LIN, { action: 'check', sessionToken })).toMatchObject(
        {
          ok: false,
          code: 'INVALID_INPUT',
          detail: { field: 'sessionToken' },
        },
      );
      expect(await operations()).toEqual([]);
    }
  });

  test('fields that nobody knows are ignored', async () => {
    expect(
      await deployed.cloud.call('login', LIN, { openid: ZHOU.openid, $where: '1' }),
    ).toMatchObject({
      ok: true,
    });
    expect(await deployed.cloud.documents('sessions')).toMatchObject([{ openid: LIN.openid }]);
  });
});

describe('so it is with several ways in', () => {
  const app = severalWaysIn();
  const operationsOf = async (): Promise<unknown[]> => (await app.cloud.lastCall()).operations;
  const SIGN_INS = ['login-phone', 'login-password'];

  test.each([...SIGN_INS, 'identity'])('%s without an identity', async (name) => {
    const event = { code: 'x', name: 'lin', password: 'x', userInfo: { openId: LIN.openid } };
    expect(await app.cloud.call(name, {}, event)).toMatchObject({ code: 'NO_IDENTITY' });
    expect(await operationsOf()).toEqual([]);
  });

  test.each([...SIGN_INS, 'identity'])(
    '%s with null, a string, a number, an array',
    async (name) => {
      for (const event of [null, 'text', 7, []]) {
        expect(await app.cloud.call(name, LIN, event)).toMatchObject({
          code: 'INVALID_INPUT',
          detail: { field: 'data' },
        });
        expect(await operationsOf()).toEqual([]);
      }
    },
  );

  test.each([
    ['login-phone', 'code', {}],
    ['login-password', 'name', { password: 'correct horse' }],
    ['login-password', 'password', { name: 'lin' }],
  ])('%s with anything but a text as %s', async (name, field, good) => {
    for (const value of [{ $ne: null }, 7, null, ['x'], '', 'x'.repeat(1_000_000)]) {
      expect(await app.cloud.call(name, LIN, { ...good, [field]: value })).toMatchObject({
        code: 'INVALID_INPUT',
        detail: { field },
      });
      expect(await operationsOf()).toEqual([]);
    }
  });

  test.each([
    ['link-phone', 'code', {}],
    ['set-password', 'name', { password: 'correct horse' }],
    ['set-password', 'password', { name: 'lin' }],
    ['unlink', 'identityId', {}],
  ])('identity, %s with anything but a text as %s', async (action, field, good) => {
    const sessionToken = await app.signIn();
    for (const value of [{ $ne: null }, 7, null, ['x'], '', 'x'.repeat(1_000)]) {
      expect(
        await app.identity(LIN, sessionToken, action, { ...good, [field]: value }),
      ).toMatchObject({ code: 'INVALID_INPUT', detail: { field } });
      // Who asks is read, and nothing else.
      expect(await operationsOf()).toHaveLength(1);
    }
    expect(await app.cloud.documents('identities')).toEqual([]);
  });
});
