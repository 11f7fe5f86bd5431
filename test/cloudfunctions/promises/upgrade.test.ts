/**
 * Versions that meet each other's sessions. The documents here are frozen: as version 0.1.0 writes
 * them, ids and hashes as literals. They are never adapted to the code; a version that can't read
 * them signs everybody out.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';

const DAY_MS = 24 * 3600 * 1000;

const [ID_0, ID_1] = [
  '_JroyPEVS1zV8swAg5wdopUQtUczd5bVZr-9msUCwaM',
  'kHr9B2oOTqKgaHF9asjK5Dpjm94lZ8_NToHmyY_JLtk',
];
/** Of a secret of 43 times x, and of 43 times y. */
const [HASH_X, HASH_Y] = [
  'zAscLGbzu5_RoIHGJrob72L2-WRBpDvhUmhSN3asJqE',
  '3QHMtOLQWYl3SQQxSYakPfAVSx3B5I9S2F4ZvP10qw0',
];
const tokenOf = (id: string, char: string): string => `${id}.${char.repeat(43)}`;

/** An active session that version 0.1.0 has written an hour ago. */
const active = (now: number): Record<string, unknown> => ({
  _id: ID_0,
  openid: 'openid-of-lin',
  appid: 'wx-app',
  slot: 0,
  tokenHash: HASH_X,
  device: { name: 'iPhone 15', platform: 'ios' },
  state: 'active',
  createdAt: new Date(now - DAY_MS / 24),
  renewedAt: new Date(now - DAY_MS / 24),
  expiresAt: new Date(now + 7 * DAY_MS - DAY_MS / 24),
  absoluteExpiresAt: new Date(now + 30 * DAY_MS - DAY_MS / 24),
});

/** One that was revoked from another device. */
const revoked = (now: number): Record<string, unknown> => ({
  ...active(now),
  _id: ID_1,
  slot: 1,
  tokenHash: HASH_Y,
  unionid: 'union-of-lin',
  state: 'revoked',
  revokedAt: new Date(now - 60_000),
  revokedBy: { name: 'Xiaomi 14', platform: 'android' },
});

/**
 * What a later version may add: new fields, and fields inside `device`. It may not take any away.
 */
const ADDED = { schema: 2, risk: { score: 0.5 }, note: null };

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await openCloud({ environment: { SESSIONS_PER_USER: '2' } });
});
afterEach(() => cloud.close());

async function insert(...documents: object[]): Promise<void> {
  const data = documents.map((document) => EJSON.stringify(document, { relaxed: false }));
  const answer = await cloud.admin({
    action: 'database.insertDocument',
    collectionName: 'sessions',
    data,
  });
  expect(answer['code'] ?? '').toBe('');
}

const check = (token: string) =>
  cloud.call('session', LIN, { sessionToken: token, action: 'check' });

describe.each([
  ['an older', {}],
  ['a newer', ADDED],
])('a session of %s version', (_which, added) => {
  beforeEach(async () => {
    const now = Date.now();
    await insert({ ...active(now), ...added }, { ...revoked(now), ...added });
  });

  test('is good', async () => {
    expect(await check(tokenOf(ID_0, 'x'))).toMatchObject({
      ok: true,
      session: { device: { name: 'iPhone 15' }, current: true },
    });
  });

  test('says why it ended', async () => {
    expect(await check(tokenOf(ID_1, 'y'))).toMatchObject({
      ok: false,
      code: 'SESSION_REVOKED',
      detail: { device: { name: 'Xiaomi 14' } },
    });
  });

  test('is renewed, and keeps what this version does not know', async () => {
    await cloud.control({ advanceClockMs: 2 * DAY_MS });
    expect(await check(tokenOf(ID_0, 'x'))).toMatchObject({ ok: true });
    const kept = (await cloud.documents('sessions')).find(({ _id }) => _id === ID_0);
    expect(kept).toMatchObject({ ...added, renewedAt: expect.any(Date) });
    expect(kept?.['renewedAt']?.valueOf()).toBeGreaterThan(Date.now() + DAY_MS);
  });

  test('is listed, revoked from another, and signed out', async () => {
    const login = await cloud.call('login', LIN, { device: { name: 'Mate 60' } });
    const { sessionToken } = login as { sessionToken: string };
    const { sessions } = (await cloud.call('session', LIN, { sessionToken, action: 'list' })) as {
      sessions: { id: string; device: { name: string } }[];
    };
    expect(sessions.map(({ device }) => device.name)).toEqual(['Mate 60', 'iPhone 15']);
    const revoke = { sessionToken, action: 'revoke', sessionId: sessions[1]?.id };
    expect(await cloud.call('session', LIN, revoke)).toMatchObject({ ended: 1 });
    expect(await check(tokenOf(ID_0, 'x'))).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await cloud.call('logout', LIN, { sessionToken })).toMatchObject({ ended: 1 });
  });

  test('is signed out by its own token', async () => {
    expect(await cloud.call('logout', LIN, { sessionToken: tokenOf(ID_0, 'x') })).toMatchObject({
      ok: true,
      ended: 1,
    });
  });

  test('is swept when it has expired', async () => {
    await cloud.control({ advanceClockMs: 40 * DAY_MS });
    const timer = { source: 'wx_trigger' };
    expect(await cloud.call('sweep', timer, {})).toMatchObject({ ok: true, removed: 2 });
  });
});

test('what this version writes is what version 0.1.0 reads: the same fields, of the same types', async () => {
  const types = (document: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(document).map(([name, value]) => [
        name,
        value instanceof Date ? 'date' : typeof value,
      ]),
    );
  await cloud.call('login', LIN, { device: { name: 'iPhone 15', platform: 'ios' } });
  const second = await cloud.call('login', LIN, {});
  const { sessionToken } = second as { sessionToken: string };
  await cloud.call('logout', LIN, { sessionToken, scope: 'others' });
  const written = await cloud.documents('sessions');
  const ofState = (state: string) => types(written.find((found) => found['state'] === state) ?? {});
  const { unionid: _, ...frozenRevoked } = types(revoked(0));
  expect(ofState('active')).toMatchObject(types(active(0)));
  expect(ofState('revoked')).toMatchObject(frozenRevoked);
});

test('where WeChat is the only way in, a sign-in writes what version 0.1.0 wrote and nothing besides', async () => {
  const login = { device: { name: 'iPhone 15', platform: 'ios' } };
  const reply = await cloud.call('login', LIN, login);
  const [document] = await cloud.documents('sessions');
  expect(Object.keys(document ?? {}).sort()).toEqual(Object.keys(active(0)).sort());
  expect(document).toMatchObject({ _id: ID_0, ...LIN, slot: 0, ...login, state: 'active' });
  expect(reply['session']).not.toHaveProperty('signedInBy');
  for (const name of ['identities', 'password_attempts', 'blocked_accounts', 'sign_ins']) {
    expect(await cloud.documents(name)).toEqual([]);
  }
});
