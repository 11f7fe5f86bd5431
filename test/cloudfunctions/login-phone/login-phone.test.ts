import { afterAll, describe, expect, test } from '@jest/globals';
import { openCloud } from '../../support/local-cloud';
import { LIN, PHONE, ZHOU } from '../../support/people';
import { IDENTITY_KEY, severalWaysIn } from '../../support/several-ways-in';

const app = severalWaysIn();
const { call, signIn, signInByPhone, phoneLogin, linkPhone, numberIs, waysIn, check, note } = app;
const { saveNote, kept, identity, setPassword, signInByPassword, newCode } = app;

test('links a number that is nobody’s to the account of the WeChat, which stays the same', async () => {
  const lin = await signIn();
  await saveNote(LIN, lin, 'of Lin');
  await numberIs();
  const reply = await phoneLogin();
  expect(reply).toMatchObject({ ok: true, session: { signedInBy: 'phone', device: PHONE } });
  const token = String(reply['sessionToken']);
  expect(await note(LIN, token)).toBe('of Lin');
  expect((await waysIn(LIN, token)).map(({ kind, current }) => [kind, current])).toEqual([
    ['wechat', false],
    ['phone', true],
  ]);
  const before = await app.cloud.documents('identities');
  await signInByPhone();
  expect(await app.cloud.documents('identities')).toEqual(before);
});

test('a number of another account opens nothing on this WeChat, and links nothing', async () => {
  await numberIs();
  await signInByPhone(LIN);
  const before = await kept();
  expect(await phoneLogin(ZHOU)).toMatchObject({ ok: false, code: 'IDENTITY_TAKEN' });
  expect(await kept()).toEqual(before);
});

test('a number that is unlinked ends what came in by it, and is nobody’s then', async () => {
  await numberIs();
  const token = await signInByPhone();
  const identityId = await app.idOf(LIN, token, 'phone');
  expect(await identity(LIN, token, 'unlink', { identityId })).toEqual({ ok: true, ended: 1 });
  expect(await check(LIN, token)).toBe('SESSION_REVOKED');
  await signInByPhone(ZHOU);
  expect(await phoneLogin(LIN)).toMatchObject({ code: 'IDENTITY_TAKEN' });
});

test('goes where the WeChat is linked by now, not where it was', async () => {
  const zhou = await signIn(ZHOU);
  await setPassword(LIN, await signIn());
  await saveNote(ZHOU, zhou, 'of Zhou');
  const asLin = await signInByPassword(ZHOU);
  await saveNote(ZHOU, asLin, 'of Lin');
  await identity(ZHOU, asLin, 'link-wechat');
  await numberIs();
  expect(await note(ZHOU, await signInByPhone(ZHOU))).toBe('of Lin');
  // And so on Lin's own WeChat too.
  expect(await note(LIN, await signInByPhone(LIN))).toBe('of Lin');
});

test.each([
  ['code', {}],
  ['code', { code: '' }],
  ['code', { code: { $ne: null } }],
  ['code', { code: 'x'.repeat(257) }],
  ['device.name', { code: 'good', device: { name: { $ne: null } } }],
  ['attempt', { code: 'good', attempt: 'short' }],
])('is refused by the field %s: %j, and the code is not used', async (field, data) => {
  expect(await call('login-phone', LIN, data)).toMatchObject({
    ok: false,
    code: 'INVALID_INPUT',
    detail: { field },
  });
  expect((await app.cloud.lastCall()).openapi).toEqual([]);
  expect(await kept()).toEqual([[], [], [], []]);
});

test('a code is good once', async () => {
  const code = newCode();
  expect(await call('login-phone', LIN, { code })).toMatchObject({ ok: true });
  const before = await kept();
  expect(await call('login-phone', LIN, { code })).toMatchObject({
    code: 'INVALID_INPUT',
    retryable: false,
    detail: { field: 'code' },
  });
  expect(await kept()).toEqual(before);
});

describe('where policy says that a number opens accounts', () => {
  const open = severalWaysIn({ PHONE_OPENS_ACCOUNTS: 'true' });

  test('it opens the account from any WeChat, and may be the last way in', async () => {
    const lin = await open.signIn();
    await open.saveNote(LIN, lin, 'of Lin');
    await open.numberIs();
    await open.linkPhone(LIN, lin);
    const asLin = await open.signInByPhone(ZHOU);
    expect(await open.note(ZHOU, asLin)).toBe('of Lin');
    const identityId = await open.idOf(ZHOU, asLin, 'wechat');
    expect(await open.identity(ZHOU, asLin, 'unlink', { identityId })).toEqual({
      ok: true,
      ended: 1,
    });
    const last = await open.idOf(ZHOU, asLin, 'phone');
    expect(await open.identity(ZHOU, asLin, 'unlink', { identityId: last })).toMatchObject({
      code: 'LAST_IDENTITY',
    });
    expect(await open.note(ZHOU, asLin)).toBe('of Lin');
  });
});

describe('the key that keeps numbers secret', () => {
  const closing: (() => Promise<void>)[] = [];
  afterAll(() => Promise.all(closing.map((close) => close())));

  test.each([
    ['is missing', {}],
    ['is too short', { IDENTITY_KEY: 'shortSecret7'.repeat(2) }],
  ])('%s: the function stops, names it, and does not show it', async (said, key) => {
    const cloud = await openCloud({ environment: { SIGN_IN_METHODS: 'wechat,phone', ...key } });
    closing.push(() => cloud.close());
    for (const [name, data] of [
      ['login-phone', { code: 'good' }],
      ['identity', { action: 'list', sessionToken: 'x' }],
    ] as const) {
      const answer = JSON.stringify([await cloud.callRaw(name, LIN, data), await cloud.lastCall()]);
      expect(answer).toContain(`IDENTITY_KEY ${said}`);
      expect(answer).not.toContain('shortSecret7');
    }
    // Who signs in by WeChat does not need it.
    expect(await cloud.call('login', LIN, {})).toMatchObject({ ok: true });
  });

  test('is not in what a function logs or answers', async () => {
    await numberIs();
    await linkPhone(LIN, await signIn());
    expect(JSON.stringify(await app.cloud.calls())).not.toContain(IDENTITY_KEY);
  });
});

describe('where there is one way in', () => {
  const cloud = openCloud();
  afterAll(async () => (await cloud).close());

  test('the others are not offered, and nothing is read or kept', async () => {
    const { call: ask, documents, lastCall } = await cloud;
    const { sessionToken } = await ask('login', LIN, {});
    for (const [name, data] of [
      ['login-phone', { code: 'good' }],
      ['login-password', { name: 'lin', password: 'correct horse' }],
      ['identity', { sessionToken, action: 'link-phone', code: 'good' }],
      [
        'identity',
        { sessionToken, action: 'set-password', name: 'lin', password: 'correct horse' },
      ],
      ['identity', { sessionToken, action: 'history' }],
    ] as const) {
      expect(await ask(name, LIN, data)).toMatchObject({ ok: false, code: 'NOT_OFFERED' });
      expect((await lastCall()).openapi).toEqual([]);
    }
    expect(await ask('identity', LIN, { sessionToken, action: 'list' })).toMatchObject({
      identities: [{ kind: 'wechat', current: true }],
    });
    expect(await ask('identity', LIN, { sessionToken, action: 'link-wechat' })).toMatchObject({
      ok: true,
    });
    expect(await documents('identities')).toEqual([]);
  });
});
