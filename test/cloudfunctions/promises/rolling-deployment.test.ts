/**
 * Functions that were deployed with different limits, as they are while a deployment rolls: `login`
 * and `note` have three.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';

let cloud: TestCloud;
let tokens: string[];

beforeAll(async () => {
  const three = { SESSIONS_PER_USER: '3' };
  const login = { ...three, LOGINS_PER_MINUTE: '1000' };
  cloud = await openCloud({ functionVariables: { login, note: three } });
});
afterAll(() => cloud.close());
beforeEach(async () => {
  await cloud.control({ reset: true });
  tokens = [];
  for (const name of ['first', 'second', 'third']) {
    const reply = await cloud.call('login', LIN, { device: { name } });
    tokens.push(String(reply['sessionToken']));
  }
});

/** As a function with a limit of three sees them. */
async function withThree(): Promise<unknown[]> {
  const replies = [];
  for (const sessionToken of tokens) {
    replies.push(await cloud.call('note', LIN, { action: 'read', sessionToken }));
  }
  return replies.map(({ ok, code }) => (ok === true ? 'ok' : code));
}

test('three are signed in, where there may be three', async () => {
  expect(await withThree()).toEqual(['ok', 'ok', 'ok']);
});

test('a sign-out that is acknowledged where there may be one is done where there may be three', async () => {
  expect(await cloud.call('logout', LIN, { sessionToken: tokens[2] })).toEqual({
    ok: true,
    ended: 1,
  });
  expect(await withThree()).toEqual(['ok', 'ok', 'SESSION_MISSING']);
});

test.each([
  ['everywhere', 3, 'SESSION_REVOKED'],
  ['others', 2, 'ok'],
])('so is one with scope %s, in one operation', async (scope, ended, own) => {
  const [sessionToken] = tokens;
  expect(await cloud.call('logout', LIN, { sessionToken, scope })).toEqual({ ok: true, ended });
  expect((await cloud.lastCall()).operations).toHaveLength(1);
  expect(await withThree()).toEqual([own, 'SESSION_REVOKED', 'SESSION_REVOKED']);
});

test('whoever was told that there is no session is told so everywhere', async () => {
  const check = (sessionToken: unknown) =>
    cloud.call('session', LIN, { action: 'check', sessionToken });
  expect(await check(tokens[0])).toMatchObject({ ok: true });
  expect(await check(tokens[1])).toMatchObject({ code: 'SESSION_MISSING' });
  expect(await withThree()).toEqual(['ok', 'SESSION_MISSING', 'ok']);
});

test('deleting the account leaves nobody signed in anywhere', async () => {
  const reply = await cloud.call('account', LIN, { action: 'delete', sessionToken: tokens[0] });
  expect(reply).toMatchObject({ ok: true });
  expect(await withThree()).toEqual(['SESSION_MISSING', 'SESSION_MISSING', 'SESSION_MISSING']);
});
