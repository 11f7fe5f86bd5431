/** What an operator is shown of an account, and what never. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestCloud } from '#local-cloud/testing';
import { CommandError } from '../../../scripts/lib/command-error';
import type { TestCloud } from '../../support/local-cloud';
import { LIN, LIN_ACCOUNT, PHONE, ZHOU } from '../../support/people';
import { runScript } from '../../support/run-script';
import { SITES, webSignIn } from '../../support/web-sign-in';
import {
  IDENTITY_KEY,
  LIN_BY_OPENID,
  LIN_PASSWORD,
  LIN_PHONE,
  openOperatedCloud,
  operate,
  resetOperatedCloud,
} from './operator';

const COLLECTIONS = ['sessions', 'identities', 'blocked_accounts', 'sign_ins', 'password_attempts'];

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openOperatedCloud(SITES);
});
afterAll(() => cloud.close());
beforeEach(() => resetOperatedCloud(cloud));

const everything = (): Promise<unknown[]> =>
  Promise.all(COLLECTIONS.map((name) => cloud.documents(name)));

/** Lin with three ways in; Zhou is in the account by its password, and Lin was refused once. */
async function linAndZhou(): Promise<string[]> {
  const lin = await cloud.call('login', LIN, { device: PHONE });
  const sessionToken = String(lin['sessionToken']);
  for (const change of [
    { action: 'link-phone', code: 'code-of-lin' },
    { action: 'set-password', ...LIN_PASSWORD },
  ]) {
    const reply = await cloud.call('identity', LIN, { sessionToken, ...change });
    expect(reply).toMatchObject({ ok: true });
  }
  const zhou = await cloud.call('login-password', ZHOU, {
    ...LIN_PASSWORD,
    device: { name: 'Tablet' },
  });
  expect(zhou).toMatchObject({ ok: true });
  const wrong = { ...LIN_PASSWORD, password: 'a violet umbrella 8' };
  expect(await cloud.call('login-password', LIN, wrong)).toMatchObject({ ok: false });
  return [sessionToken, String(zhou['sessionToken'])];
}

describe('show', () => {
  test('names the ways in, where it is signed in and by what, and the last sign-ins', async () => {
    await linAndZhou();
    const { exitCode, said } = await operate(cloud, 'show', { ...LIN_BY_OPENID, json: true });
    expect(exitCode).toBe(0);
    expect(JSON.parse(said)).toEqual({
      version: 1,
      ok: true,
      account: LIN_ACCOUNT,
      isKnown: true,
      blocked: null,
      waysIn: [
        { kind: 'wechat', label: 'iPhone 15', linkedAt: expect.any(Number) },
        { kind: 'phone', label: '138****5678', linkedAt: expect.any(Number) },
        { kind: 'password', label: 'l***s', linkedAt: expect.any(Number) },
      ],
      sessions: expect.arrayContaining([
        expect.objectContaining({ device: PHONE, signedInBy: 'wechat' }),
        {
          device: { name: 'Tablet', platform: '' },
          signedInBy: 'password',
          createdAt: expect.any(Number),
          renewedAt: expect.any(Number),
          expiresAt: expect.any(Number),
        },
      ]),
      signIns: [
        expect.objectContaining({ kind: 'password', refused: 'IDENTITY_UNKNOWN' }),
        expect.objectContaining({ kind: 'password', device: { name: 'Tablet', platform: '' } }),
        expect.objectContaining({ kind: 'wechat', device: PHONE }),
      ],
    });
  });

  test('finds the account by whatever leads into it', async () => {
    await linAndZhou();
    const { said } = await operate(cloud, 'show', LIN_BY_OPENID);
    expect(said).toMatch(/^Account +wx-app:openid-of-lin\nBlocked +no\nWays in +WeChat, iPhone 15/);
    for (const whose of [
      { account: LIN_ACCOUNT },
      { phone: LIN_PHONE },
      { phone: `+86${LIN_PHONE}` },
      { phone: '138 0000-5678' },
    ]) {
      expect((await operate(cloud, 'show', whose)).said).toBe(said);
    }
  });

  test('follows a WeChat that was linked to the account of somebody else', async () => {
    await linAndZhou();
    const { said } = await operate(cloud, 'show', { openid: ZHOU.openid, appid: ZHOU.appid });
    expect(said).toMatch(/^wx-app:openid-of-zhou: nobody has signed in/);
    const inLins = await cloud.call('login-password', ZHOU, LIN_PASSWORD);
    const link = { action: 'link-wechat', sessionToken: inLins['sessionToken'] };
    expect(await cloud.call('identity', ZHOU, link)).toMatchObject({ ok: true });
    const linked = await operate(cloud, 'show', { openid: ZHOU.openid, appid: ZHOU.appid });
    expect(linked.said).toContain(`Account     ${LIN_ACCOUNT}`);
  });

  test('prints no token, no hash, and no OPENID of anybody else; and writes nothing', async () => {
    const tokens = await linAndZhou();
    const before = await everything();
    for (const options of [{}, { json: true }]) {
      const { said, complained } = await operate(cloud, 'show', { ...LIN_BY_OPENID, ...options });
      const printed = said + complained;
      expect(printed).toContain('Tablet');
      // 43 characters of base64url: ids, hashes and both halves of a token.
      expect(printed).not.toMatch(/[\w-]{32}|\$scrypt/);
      for (const token of tokens) expect(printed).not.toContain(token.slice(0, 20));
      expect(printed).not.toContain(ZHOU.openid);
      expect(printed).not.toContain(LIN_PASSWORD.name);
      expect(printed).not.toContain(LIN_PHONE);
    }
    expect(await everything()).toEqual(before);
  });

  test('names who founded an account and has linked nothing', async () => {
    await cloud.call('login', LIN, { device: PHONE });
    const { said } = await operate(cloud, 'show', LIN_BY_OPENID);
    expect(said).toMatch(/^Ways in +WeChat, who founded it$/m);
    expect(said).toMatch(/^Signed in +iPhone 15 \(ios\), by WeChat, since \S+Z, last used \S+Z$/m);
  });

  test('tells web pages from phones, and names their site', async () => {
    const page = webSignIn(() => cloud);
    await page.signInPage(await page.signIn());
    const { said } = await operate(cloud, 'show', LIN_BY_OPENID);
    expect(said).toMatch(/^ +Chrome \(windows\) on the site 小店, by WeChat, since /m);
    const programs = await operate(cloud, 'show', { ...LIN_BY_OPENID, json: true });
    const { sessions } = JSON.parse(programs.said) as { sessions: { site?: object }[] };
    expect(sessions.map(({ site }) => site)).toEqual([undefined, { id: 'shop', name: '小店' }]);
  });

  test('says since when an account is blocked, and why', async () => {
    await cloud.call('login', LIN, { device: PHONE });
    await operate(cloud, 'block', { ...LIN_BY_OPENID, reason: 'spam' });
    const { said } = await operate(cloud, 'show', LIN_BY_OPENID);
    expect(said).toMatch(/^Blocked +since \d{4}-\d\d-\d\dT[\d:]{8}Z: spam$/m);
    expect(said).toMatch(/^Signed in +nowhere$/m);
  });

  test('shows nothing that a terminal would obey', async () => {
    await cloud.call('login', LIN, { device: PHONE });
    const [session] = await cloud.documents('sessions');
    const device = { name: 'Phone\u001b[2J\u202e\nBlocked no', platform: 'ios' };
    await cloud.control({ reset: true });
    await cloud.control({ seed: { sessions: [ejson({ ...session, device })] } });
    const { said } = await operate(cloud, 'show', LIN_BY_OPENID);
    expect(said).toContain('Phone[2JBlocked no (ios)');
  });

  test('leaves out sessions that have ended or expired', async () => {
    await cloud.call('login', LIN, { device: PHONE });
    const [session] = await cloud.documents('sessions');
    const past = new Date(Date.UTC(2026, 0, 15));
    await cloud.control({ reset: true });
    await cloud.control({ seed: { sessions: [ejson({ ...session, expiresAt: past })] } });
    expect((await operate(cloud, 'show', LIN_BY_OPENID)).said).toMatch(/^Signed in +nowhere$/m);
  });

  test('of an account that nobody has signed in to shows nothing, and says so', async () => {
    const { exitCode, said } = await operate(cloud, 'show', LIN_BY_OPENID);
    expect(exitCode).toBe(1);
    expect(said).toMatch(/^wx-app:openid-of-lin: nobody has signed in to it/);
    const programs = await operate(cloud, 'show', { ...LIN_BY_OPENID, json: true });
    expect(programs.exitCode).toBe(1);
    expect(JSON.parse(programs.said)).toMatchObject({ ok: false, isKnown: false, sessions: [] });
  });

  test('a number that nobody has linked leads nowhere: nothing is shown or changed', async () => {
    const { exitCode, said } = await operate(cloud, 'show', { phone: LIN_PHONE });
    expect({ exitCode, said }).toEqual({
      exitCode: 1,
      said: 'Nobody has linked this phone number, or IDENTITY_KEY is not the key of this deployment.',
    });
    for (const action of ['block', 'unblock', 'sign-out'] as const) {
      const done = operate(cloud, action, { phone: LIN_PHONE });
      await expect(done).rejects.toThrow(/Nobody has linked .* Nothing was done\./);
    }
    expect(await cloud.documents('blocked_accounts')).toEqual([]);
  });

  test('names a document that somebody has spoiled', async () => {
    await cloud.control({ seed: { identities: [{ _id: 'x', account: LIN_ACCOUNT }] } });
    const shown = operate(cloud, 'show', LIN_BY_OPENID);
    await expect(shown).rejects.toThrow(CommandError);
    await expect(shown).rejects.toThrow(/identities was spoiled \(the identity x/);
  });
});

/** As `/control` takes it: JSON with times. */
function ejson(document: object): object {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]: [string, unknown]) => [
      key,
      value instanceof Date ? { $date: value.toISOString() } : value,
    ]),
  );
}

describe('where the database is not to be had', () => {
  test('a collection that is missing is named', async () => {
    const empty = await openTestCloud({ collections: ['sessions', 'identities', 'sign_ins'] });
    try {
      const refused = operate(empty, 'block', LIN_BY_OPENID);
      await expect(refused).rejects.toThrow(CommandError);
      await expect(refused).rejects.toThrow(/^The collection blocked_accounts is not in this/);
    } finally {
      await empty.close();
    }
  });

  test('a local cloud that is not running is named', async () => {
    const gone = await openTestCloud();
    await gone.close();
    const refused = operate(gone, 'show', LIN_BY_OPENID);
    await expect(refused).rejects.toThrow(CommandError);
    await expect(refused).rejects.toThrow(`There is no local cloud on ${gone.url}`);
  });
});

test('npm run account answers a program in JSON alone, and ends', async () => {
  await cloud.call('login', LIN, { device: PHONE });
  const args = ['show', '--openid', LIN.openid, '--appid', LIN.appid, '--local', cloud.url];
  const { exitCode, output, stderr } = await runScript('account', [...args, '--json'], {
    IDENTITY_KEY,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(output)).toMatchObject({ account: LIN_ACCOUNT, sessions: [{ device: PHONE }] });
});
