import { describe, expect, test } from '@jest/globals';
import { identityId } from '../../../cloudfunctions/shared/identity/identity';
import { LIN, LIN_ACCOUNT, PHONE, ZHOU } from '../../support/people';
import { PASSWORD, severalWaysIn } from '../../support/several-ways-in';

const app = severalWaysIn();
const { call, signIn, setPassword, passwordLogin, signInByPassword, check, note, saveNote } = app;
const { kept } = app;
const MINUTE_MS = 60_000;
const WRONG = 'another horse battery';
const someone = (n: number) => ({ openid: `openid-${String(n)}`, appid: 'wx-app' });
const operationsOf = async ({ cloud }: Pick<typeof app, 'cloud'>) =>
  (await cloud.lastCall()).operations.map(({ action, collection }) => `${action} ${collection}`);

test('opens the account of the password from any WeChat, which may use that session alone', async () => {
  const lin = await signIn();
  await saveNote(LIN, lin, 'of Lin');
  await setPassword(LIN, lin);
  const reply = await passwordLogin(ZHOU, 'ＬＩＮ');
  expect(reply).toMatchObject({ ok: true, session: { signedInBy: 'password', device: PHONE } });
  const token = String(reply['sessionToken']);
  expect(await note(ZHOU, token)).toBe('of Lin');
  expect(await check(LIN, token)).toBe('SESSION_MISSING');
  const documents = await app.cloud.documents('sessions');
  expect(documents.find(({ signedInBy }) => signedInBy === 'password')).toMatchObject({
    ...ZHOU,
    account: LIN_ACCOUNT,
  });
  // On the WeChat of the account it is the same account, and the way in is told.
  const own = await passwordLogin(LIN);
  expect(own).toMatchObject({ ok: true, session: { signedInBy: 'password' } });
  const sessions = await call('session', LIN, {
    action: 'list',
    sessionToken: own['sessionToken'],
  });
  expect(sessions['sessions']).toHaveLength(3);
});

test('is refused alike for a wrong password and for a name that there is not', async () => {
  await setPassword(LIN, await signIn());
  const [sessions, identities] = (await kept()) as unknown[];
  const wrong = await passwordLogin(ZHOU, 'lin', WRONG);
  expect(wrong).toEqual({
    ok: false,
    code: 'IDENTITY_UNKNOWN',
    message: expect.any(String),
    retryable: false,
  });
  expect(await passwordLogin(ZHOU, 'nobody', WRONG)).toEqual(wrong);
  expect(await kept()).toMatchObject([sessions, identities, {}, {}]);
});

describe.each([
  ['with a record of sign-ins', { SIGN_IN_HISTORY: 'true' }],
  ['without a record of sign-ins', {}],
])('%s', (_, environment: Record<string, string>) => {
  const recording = severalWaysIn(environment);

  test('a wrong password and an unknown name ask for the same of the database', async () => {
    await recording.setPassword(LIN, await recording.signIn());
    const asked = [];
    for (const [n, name] of ['lin', 'nobody'].entries()) {
      await recording.passwordLogin(someone(n), name, WRONG);
      asked.push(await operationsOf(recording));
    }
    expect(asked[1]).toEqual(asked[0]);
  });
});

describe('too many wrong passwords', () => {
  test('for a name keep everybody out for a while, the owner too, and no longer', async () => {
    await setPassword(LIN, await signIn());
    for (let n = 1; n <= 5; n++) {
      expect(await passwordLogin(someone(n), 'lin', WRONG)).toMatchObject({
        code: 'IDENTITY_UNKNOWN',
      });
    }
    const before = await kept();
    const refused = await passwordLogin(LIN);
    expect(refused).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryable: true });
    const { now } = (await (await fetch(`${app.cloud.url}/control`)).json()) as { now: number };
    const { retryAt } = refused['detail'] as { retryAt: number };
    expect(retryAt - now).toBeGreaterThan(0);
    expect(retryAt - now).toBeLessThanOrEqual(MINUTE_MS);
    expect(await kept()).toEqual(before);
    // WeChat still lets them in.
    expect(await check(LIN, await signIn())).toBe(true);
    await app.advance(retryAt - now);
    expect(await passwordLogin(LIN)).toMatchObject({ ok: true });
    expect(await passwordLogin(ZHOU, 'lin', WRONG)).toMatchObject({ code: 'IDENTITY_UNKNOWN' });
  });

  test('by a caller keep that caller out, whatever the name, and nobody else', async () => {
    await setPassword(LIN, await signIn());
    for (let n = 1; n <= 10; n++) await passwordLogin(ZHOU, `name-${String(n)}`, WRONG);
    expect(await passwordLogin(ZHOU)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await passwordLogin(LIN)).toMatchObject({ ok: true });
  });

  test('at once are not more than are free', async () => {
    await setPassword(LIN, await signIn());
    const codes = await Promise.all(
      Array.from(
        { length: 12 },
        async (_, n) => (await passwordLogin(someone(n), 'lin', WRONG))['code'],
      ),
    );
    expect(codes.filter((code) => code === 'IDENTITY_UNKNOWN').length).toBeLessThanOrEqual(5);
    expect(new Set(codes)).toEqual(new Set(['IDENTITY_UNKNOWN', 'TOO_MANY_ATTEMPTS']));
  });
});

test.each([
  ['name', {}],
  ['name', { name: { $ne: null } }],
  ['name', { name: 'li\u200bn' }],
  ['name', { name: 'n'.repeat(1_000) }],
  ['password', { name: 'lin' }],
  ['password', { name: 'lin', password: { $ne: null } }],
  ['password', { name: 'lin', password: '' }],
  ['password', { name: 'lin', password: 'x'.repeat(129) }],
  ['password', { name: 'lin', password: 'line\nbreak' }],
  ['device.name', { name: 'lin', password: PASSWORD, device: { name: 7 } }],
  ['again', { name: 'lin', password: PASSWORD, again: 'yes' }],
])('is refused by the field %s: %j, and nothing is counted', async (field, data) => {
  const before = await kept();
  expect(await call('login-password', LIN, data)).toMatchObject({
    ok: false,
    code: 'INVALID_INPUT',
    detail: { field },
  });
  expect(await kept()).toEqual(before);
});

test('a password of another cost is right, and is hashed anew', async () => {
  const createdAt = { $date: '2026-01-15T08:00:00.123Z' };
  const linked = { account: LIN_ACCOUNT, label: '', linkedIn: '', createdAt, revision: 'first' };
  // RFC 7914, section 12: N = 16384, 64 bytes.
  const passwordHash =
    '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw';
  const password = {
    ...linked,
    _id: identityId('password', 'lin'),
    kind: 'password',
    passwordHash,
  };
  await app.cloud.control({ seed: { identities: [password] } });
  const before = await app.cloud.documents('identities');
  expect(await passwordLogin(ZHOU, 'lin', 'pleaseletmeout')).toMatchObject({ ok: false });
  expect(await app.cloud.documents('identities')).toEqual(before);
  await signInByPassword(ZHOU, 'lin', 'pleaseletmein');
  const hashed = expect.stringMatching(/^\$scrypt\$ln=15,r=8,p=3\$/);
  const changed = { passwordHash: hashed, revision: expect.any(String) };
  expect(await app.cloud.documents('identities')).toEqual([{ ...before[0], ...changed }]);
  await signInByPassword(ZHOU, 'lin', 'pleaseletmein');
});
