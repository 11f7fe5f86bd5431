import { beforeEach, describe, expect, test } from '@jest/globals';
import { asClient, bearer, deployedGateway, json } from '../../support/deployed-gateway';
import { LIN, LIN_ACCOUNT, ZHOU } from '../../support/people';
import { PASSWORD, SEVERAL_WAYS_IN } from '../../support/several-ways-in';

const gateway = deployedGateway({ ...SEVERAL_WAYS_IN, SESSIONS_PER_USER: '8' });
const { send, signIn } = gateway;
const plain = deployedGateway();
const PROVED = { name: 'lin', password: PASSWORD };
const WRONG = { name: 'lin', password: 'another horse battery' };
let codes = 0;

const login = (body: object) => send('POST', '/v1/login', json(body));
const withCode = (person: string, platform = 'wechat') => ({
  platform,
  appid: platform === 'wechat' ? 'wx-app' : 'qq-app',
  code: `${person}-p${String(++codes)}`,
});
const subOf = async (token: unknown) =>
  (await send('POST', '/v1/introspect', asClient(String(token)))).body['sub'];
const kept = () =>
  Promise.all(['sessions', 'identities'].map((name) => gateway.cloud.documents(name)));
const identity = (caller: typeof LIN, data: object) => gateway.cloud.call('identity', caller, data);

beforeEach(async () => {
  const sessionToken = await gateway.signInByCall();
  expect(await identity(LIN, { action: 'set-password', sessionToken, ...PROVED })).toMatchObject({
    ok: true,
  });
});

describe('signing in over HTTP with a name and a password', () => {
  test('alone gives a session of the account that works over HTTP only', async () => {
    const { status, body } = await login({ ...PROVED, device: { name: 'Mac', platform: 'mac' } });
    expect([status, body]).toMatchObject([200, { session: { signedInBy: 'password' } }]);
    const token = String(body['sessionToken']);
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(200);
    expect((await send('GET', '/v1/sessions', bearer(token))).body['sessions']).toHaveLength(2);
    for (const caller of [LIN, { openid: '', appid: '' }]) {
      const check = { action: 'check', sessionToken: token };
      const { result } = await gateway.cloud.callRaw('session', caller, check);
      expect((result as { code: string }).code).toMatch(/^(SESSION_MISSING|NO_IDENTITY)$/);
    }
    const authorization = `Bearer ${token}`;
    const headers = { authorization, 'content-type': 'application/json' };
    expect((await send('POST', '/v1/logout', { headers, body: '{}' })).status).toBe(200);
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(401);
  });

  test('and a code of a WeChat gives one of that WeChat too, which is not linked by it', async () => {
    const { status, body } = await login({ ...PROVED, ...withCode('zhou') });
    expect(status).toBe(200);
    const sessionToken = body['sessionToken'];
    const check = await gateway.cloud.call('session', ZHOU, { action: 'check', sessionToken });
    expect(check).toMatchObject({ ok: true });
    expect((await gateway.cloud.documents('identities')).map(({ kind }) => kind).sort()).toEqual([
      'password',
      'wechat',
    ]);
    expect(await subOf(await signIn('zhou'))).toBe(ZHOU.openid);
  });

  test('and a code of a QQ links that QQ, which opens the account from then on', async () => {
    const before = await signIn('lin', 'qq');
    const { status } = await login({ ...PROVED, ...withCode('lin', 'qq') });
    expect(status).toBe(200);
    // What it had in its own account is no way in any more.
    expect((await send('GET', '/v1/session', bearer(before))).status).toBe(401);
    const { body } = await login(withCode('lin', 'qq'));
    expect(body['session']).toMatchObject({ signedInBy: 'qq' });
    const sessions = await gateway.cloud.documents('sessions');
    expect(
      sessions.filter(({ signedInBy, state }) => signedInBy === 'qq' && state === 'active'),
    ).toMatchObject([{ account: LIN_ACCOUNT }]);
    // It is shown, and can be unlinked.
    const sessionToken = await gateway.signInByCall();
    const reply = await identity(LIN, { action: 'list', sessionToken });
    const qq = (reply['identities'] as { id: string; kind: string }[]).find(
      ({ kind }) => kind === 'qq',
    );
    const unlinked = await identity(LIN, { action: 'unlink', sessionToken, identityId: qq?.id });
    // The one before came in by the password.
    expect(unlinked).toEqual({ ok: true, ended: 1 });
    expect((await send('GET', '/v1/session', bearer(String(body['sessionToken'])))).status).toBe(
      401,
    );
  });

  test('is the same person to other backends, whichever way they came in', async () => {
    await login({ ...PROVED, ...withCode('lin', 'qq') });
    const tokens = [
      await gateway.signInByCall(),
      await signIn('lin'),
      await signIn('lin', 'qq'),
      (await login(PROVED)).body['sessionToken'],
      (await login({ ...PROVED, ...withCode('zhou') })).body['sessionToken'],
    ];
    const subs = [];
    for (const token of tokens) subs.push(await subOf(token));
    expect(subs).toEqual(tokens.map(() => LIN.openid));
  });

  test('of an account that its founder has left is one person still', async () => {
    const asLin = (await login({ ...PROVED, ...withCode('zhou') })).body['sessionToken'];
    const reply = await identity(ZHOU, { action: 'list', sessionToken: asLin });
    const [founder] = reply['identities'] as { id: string; kind: string }[];
    await identity(ZHOU, { action: 'unlink', sessionToken: asLin, identityId: founder?.id });
    expect(await subOf((await login(PROVED)).body['sessionToken'])).toBe(LIN.openid);
    // The founder is another person since.
    expect(await subOf(await signIn('lin'))).not.toBe(LIN.openid);
  });
});

describe('a refusal over HTTP', () => {
  test.each([
    ['a wrong password', 401, 'IDENTITY_UNKNOWN', undefined, WRONG],
    ['an unknown name', 401, 'IDENTITY_UNKNOWN', undefined, { ...PROVED, name: 'nobody' }],
    ['no password', 400, 'INVALID_INPUT', 'password', { name: 'lin' }],
    ['no name', 400, 'INVALID_INPUT', 'name', { password: PASSWORD }],
    ['an operator for a name', 400, 'INVALID_INPUT', 'name', { ...PROVED, name: { $ne: null } }],
    ['129 characters', 400, 'INVALID_INPUT', 'password', { ...PROVED, password: 'x'.repeat(129) }],
    ['a code without its app', 400, 'INVALID_INPUT', 'appid', { ...PROVED, code: 'zhou-x' }],
    [
      'an app that is not known',
      400,
      'INVALID_INPUT',
      'appid',
      { ...PROVED, platform: 'qq', appid: 'x', code: 'y' },
    ],
    [
      'an app without a code',
      400,
      'INVALID_INPUT',
      'code',
      { ...PROVED, platform: 'qq', appid: 'qq-app' },
    ],
    [
      'a code that was used',
      400,
      'INVALID_INPUT',
      'code',
      { ...PROVED, platform: 'qq', appid: 'qq-app', code: 'used' },
    ],
    [
      'another account than the one held',
      409,
      'IDENTITY_TAKEN',
      undefined,
      { ...PROVED, again: true, sessionToken: 'x' },
    ],
  ])('of %s is %i %s, and changes nothing', async (_, status, code, field, body) => {
    const before = await kept();
    const reply = await login(body);
    expect([reply.status, reply.body]).toMatchObject([status, { status, code }]);
    expect(reply.body['field']).toBe(field);
    expect(reply.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(await kept()).toEqual(before);
  });

  test('of a QQ that is linked elsewhere is 409, and issues no session', async () => {
    await login({ ...PROVED, ...withCode('lin', 'qq') });
    const zhou = await gateway.signInByCall(ZHOU);
    await identity(ZHOU, {
      action: 'set-password',
      sessionToken: zhou,
      name: 'zhou',
      password: PASSWORD,
    });
    const { status, body } = await login({
      name: 'zhou',
      password: PASSWORD,
      ...withCode('lin', 'qq'),
    });
    expect([status, body['code']]).toEqual([409, 'IDENTITY_TAKEN']);
    // Nobody's place was taken, not even for a moment.
    const { operations } = await gateway.cloud.lastCall();
    expect(operations.filter(({ collection }) => collection === 'sessions')).toEqual([]);
    expect(
      (await gateway.cloud.documents('sessions')).filter(
        ({ openid, appid }) => openid === LIN.openid && appid === 'qq-app',
      ),
    ).toHaveLength(1);
    expect(await subOf(await signIn('lin', 'qq'))).toBe(LIN.openid);
  });

  test('of too many wrong passwords is 429, with when to try again', async () => {
    for (let n = 1; n <= 5; n++) expect((await login(WRONG)).status).toBe(401);
    const { status, body, headers } = await login(PROVED);
    expect([status, body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(body['retryAt']).toEqual(expect.any(Number));
  });

  test('where passwords are not offered is 403', async () => {
    const { status, body } = await plain.send('POST', '/v1/login', json(PROVED));
    expect([status, body['code']]).toEqual([403, 'NOT_OFFERED']);
  });
});
