/** Blocking an account, as its owner and the operator see it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OperatorDatabase } from '../../../scripts/account/database';
import type { Answer, TestCloud } from '../../support/local-cloud';
import { LIN, LIN_ACCOUNT, PHONE, ZHOU } from '../../support/people';
import { SITES, webSignIn } from '../../support/web-sign-in';
import {
  LIN_BY_OPENID,
  LIN_PASSWORD,
  LIN_PHONE,
  openOperatedCloud,
  operate,
  resetOperatedCloud,
} from './operator';

const TABLET = { name: 'iPad', platform: 'ios' };

let cloud: TestCloud;
const page = webSignIn(() => cloud);

beforeAll(async () => {
  cloud = await openOperatedCloud(SITES);
});
afterAll(() => cloud.close());
beforeEach(() => resetOperatedCloud(cloud));

const signIn = (caller = LIN, device = PHONE): Promise<Answer> =>
  cloud.call('login', caller, { device });
const tokenOf = (reply: Answer): string => {
  expect(reply).toMatchObject({ ok: true });
  return String(reply['sessionToken']);
};
const check = (sessionToken: string): Promise<Answer> =>
  cloud.call('session', LIN, { action: 'check', sessionToken });

let codes = 0;
/** All ways into Lin's account: by password from whatever WeChat. */
const everyWay: Readonly<Record<string, () => Promise<Answer>>> = {
  WeChat: () => signIn(),
  phone: () => cloud.call('login-phone', LIN, { code: `code-${codes++}` }),
  password: () => cloud.call('login-password', ZHOU, LIN_PASSWORD),
};

/** Lin with every way in, on two phones. */
async function linOnTwoPhones(): Promise<string[]> {
  const first = tokenOf(await signIn());
  const second = tokenOf(await signIn(LIN, TABLET));
  for (const change of [
    { action: 'link-phone', code: `code-${codes++}` },
    { action: 'set-password', ...LIN_PASSWORD },
  ]) {
    const reply = await cloud.call('identity', LIN, { sessionToken: first, ...change });
    expect(reply).toMatchObject({ ok: true });
  }
  return [first, second];
}

describe('block', () => {
  test('ends both phones at their next call, and lets nobody in by any way', async () => {
    const tokens = await linOnTwoPhones();
    const zhou = tokenOf(await signIn(ZHOU));
    const { exitCode, said } = await operate(cloud, 'block', { ...LIN_BY_OPENID, reason: 'spam' });

    expect({ exitCode, said }).toEqual({
      exitCode: 0,
      said: `${LIN_ACCOUNT}: blocked; 2 sessions ended.`,
    });
    for (const token of tokens) {
      expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    }
    for (const [way, by] of Object.entries(everyWay)) {
      expect([way, await by()]).toMatchObject([way, { ok: false, code: 'ACCOUNT_BLOCKED' }]);
    }
    expect(
      await cloud.call('session', ZHOU, { action: 'check', sessionToken: zhou }),
    ).toMatchObject({ ok: true });
    expect(await signIn(ZHOU)).toMatchObject({ ok: true });
  });

  test('unblock lets them in again by every way, and their data is still there', async () => {
    const [token = ''] = await linOnTwoPhones();
    const note = { action: 'save', sessionToken: token, text: 'kept' };
    expect(await cloud.call('note', LIN, note)).toMatchObject({ ok: true });
    await operate(cloud, 'block', LIN_BY_OPENID);

    const { exitCode, said } = await operate(cloud, 'unblock', { phone: LIN_PHONE });
    expect({ exitCode, said }).toEqual({ exitCode: 0, said: `${LIN_ACCOUNT}: may sign in again.` });
    for (const [way, by] of Object.entries(everyWay)) {
      expect([way, await by()]).toMatchObject([way, { ok: true }]);
    }
    const sessionToken = tokenOf(await signIn());
    const read = await cloud.call('note', LIN, { action: 'read', sessionToken });
    expect(JSON.stringify(read)).toContain('kept');
  });

  test('a sign-in that is under way does not survive, wherever it meets the block', async () => {
    await linOnTwoPhones();
    const met: Answer[] = [];
    /** Signs in before each thing that blocking does. */
    const crossed = (db: OperatorDatabase): OperatorDatabase => ({
      ...db,
      async insert(...given) {
        met.push(await signIn());
        return db.insert(...given);
      },
      async remove(...given) {
        met.push(await signIn());
        return db.remove(...given);
      },
    });
    await operate(cloud, 'block', LIN_BY_OPENID, { through: crossed });

    expect(met).toMatchObject([{ ok: true }, { ok: false, code: 'ACCOUNT_BLOCKED' }]);
    expect(await check(tokenOf(met[0] ?? {}))).toMatchObject({ code: 'SESSION_MISSING' });
    expect(await signIn()).toMatchObject({ code: 'ACCOUNT_BLOCKED' });
  });

  test('again keeps since when, takes a new reason, and ends what is there', async () => {
    await operate(cloud, 'block', { ...LIN_BY_OPENID, reason: 'first' });
    const [first] = await cloud.documents('blocked_accounts');
    const { exitCode, said } = await operate(cloud, 'block', {
      ...LIN_BY_OPENID,
      reason: 'second',
    });

    expect(exitCode).toBe(0);
    expect(said).toMatch(/was blocked already, since [\dT:-]+Z: second; 0 sessions ended\./);
    expect(await cloud.documents('blocked_accounts')).toEqual([{ ...first, reason: 'second' }]);
  });

  test('that fails half way says so, and is complete when run again', async () => {
    const token = tokenOf(await signIn());
    const failing = (db: OperatorDatabase): OperatorDatabase => ({
      ...db,
      async remove(...given) {
        await cloud.control({ fault: { kind: 'databaseError', code: 'SYS_ERR' } });
        return db.remove(...given);
      },
    });
    await expect(operate(cloud, 'block', LIN_BY_OPENID, { through: failing })).rejects.toThrow(
      /SYS_ERR[^]*The account is blocked, but its sessions may still be open: run it again\./,
    );
    expect(await check(token)).toMatchObject({ ok: true });
    await operate(cloud, 'block', LIN_BY_OPENID);
    expect(await check(token)).toMatchObject({ code: 'SESSION_MISSING' });
  });

  test('keeps a web page out too, though the phone that approved it could not be ended', async () => {
    const sessionToken = tokenOf(await signIn());
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, sessionToken);
    const failing = (db: OperatorDatabase): OperatorDatabase => ({
      ...db,
      remove: () => Promise.reject(new Error('the connection is gone')),
    });
    await expect(operate(cloud, 'block', LIN_BY_OPENID, { through: failing })).rejects.toThrow();
    expect((await page.poll(device_code)).body).toMatchObject({ error: 'access_denied' });
    expect((await cloud.documents('sessions')).filter(({ client }) => client)).toEqual([]);
  });

  test('before somebody has ever signed in keeps them out too', async () => {
    await operate(cloud, 'block', LIN_BY_OPENID);
    expect(await signIn()).toMatchObject({ code: 'ACCOUNT_BLOCKED' });
  });

  test('says loudly where ACCOUNT_BLOCKING is off, and for programs too', async () => {
    const off = await operate(
      cloud,
      'block',
      { ...LIN_BY_OPENID, json: true },
      { environment: {} },
    );
    expect(off.complained).toContain('BLOCKING KEEPS NOBODY OUT');
    expect(off.complained).toContain('nobody has signed in to it');
    expect(JSON.parse(off.said)).toMatchObject({
      ...{ isEnforced: false, isKnown: false, wasBlocked: false, ended: 0 },
    });
    await operate(cloud, 'unblock', LIN_BY_OPENID);
    await signIn();
    const on = await operate(cloud, 'block', { ...LIN_BY_OPENID, json: true });
    expect(on.complained).toBe('');
    expect(JSON.parse(on.said)).toMatchObject({ isEnforced: true, isKnown: true, ended: 1 });
  });
});

test('unblock of an account that is not blocked is no failure', async () => {
  const { exitCode, said } = await operate(cloud, 'unblock', LIN_BY_OPENID);
  expect({ exitCode, said }).toEqual({
    exitCode: 0,
    said: `${LIN_ACCOUNT}: was not blocked: nothing to do.`,
  });
});

describe('sign-out', () => {
  test('ends every session of the account, in every slot, and of nobody else', async () => {
    const tokens = await linOnTwoPhones();
    tokens.push(tokenOf((await everyWay['password']?.()) ?? {}));
    const zhou = tokenOf(await signIn(ZHOU));
    const { exitCode, said } = await operate(cloud, 'sign-out', { account: LIN_ACCOUNT });

    expect({ exitCode, said }).toEqual({ exitCode: 0, said: `${LIN_ACCOUNT}: 3 sessions ended.` });
    const [first = '', second = '', byZhou = ''] = tokens;
    for (const token of [first, second]) {
      expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_REVOKED' });
    }
    for (const [token, code] of [
      [byZhou, 'SESSION_REVOKED'],
      [zhou, undefined],
    ]) {
      const reply = await cloud.call('session', ZHOU, { action: 'check', sessionToken: token });
      expect(reply['code']).toBe(code);
    }
    expect(await signIn()).toMatchObject({ ok: true });
  });

  test('of somebody who is signed out already ends nothing', async () => {
    await signIn();
    await operate(cloud, 'sign-out', LIN_BY_OPENID);
    const { exitCode, said } = await operate(cloud, 'sign-out', LIN_BY_OPENID);
    expect({ exitCode, said }).toEqual({ exitCode: 0, said: `${LIN_ACCOUNT}: 0 sessions ended.` });
  });

  test('of an account that nobody has signed in to fails: it may be a slip of the pen', async () => {
    const done = operate(cloud, 'sign-out', LIN_BY_OPENID);
    await expect(done).rejects.toThrow(
      /openid-of-lin: nobody has signed in .* Nothing was done\.$/,
    );
  });
});

describe.each(['sign-out', 'block'] as const)('%s asks first', (action) => {
  test('and shows who is meant; without a yes nothing is done', async () => {
    const token = tokenOf(await signIn());
    const { exitCode, said, complained, asked } = await operate(cloud, action, LIN_BY_OPENID, {
      answer: false,
    });
    expect({ exitCode, said, asked: asked.length }).toEqual({ exitCode: 1, said: '', asked: 1 });
    expect(complained).toContain(LIN_ACCOUNT);
    expect(complained).toContain('iPhone 15');
    expect(complained).toContain('Nothing was done.');
    expect(await check(token)).toMatchObject({ ok: true });
    expect(await cloud.documents('blocked_accounts')).toEqual([]);
  });

  test('and does it at a yes, or without asking with --yes', async () => {
    for (const [options, asks] of [
      [{}, 1],
      [{ yes: true }, 0],
    ] as const) {
      const token = tokenOf(await signIn(ZHOU));
      const zhou = { openid: ZHOU.openid, appid: ZHOU.appid, ...options };
      const { exitCode, asked } = await operate(cloud, action, zhou, { answer: true });
      expect([exitCode, asked.length]).toEqual([0, asks]);
      const reply = await cloud.call('session', ZHOU, { action: 'check', sessionToken: token });
      expect(reply).toMatchObject({ ok: false });
      await operate(cloud, 'unblock', zhou);
    }
  });
});
