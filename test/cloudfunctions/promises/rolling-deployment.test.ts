/**
 * Functions that were deployed with different limits, as they are while a deployment rolls: `login`
 * and `note` have three.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { LIN, ZHOU } from '../../support/people';
import { PASSWORD, SEVERAL_WAYS_IN } from '../../support/several-ways-in';

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

/** `session` and `logout` don't know yet, or any more, that there are several ways in. */
describe('while some functions have several ways in', () => {
  let mixed: TestCloud;

  beforeAll(async () => {
    const several = { ...SEVERAL_WAYS_IN, LOGINS_PER_MINUTE: '1000' };
    mixed = await openCloud({
      environment: { SESSIONS_PER_USER: '2' },
      functionVariables: {
        login: several,
        'login-phone': several,
        'login-password': several,
        identity: several,
        note: several,
      },
    });
  });
  afterAll(() => mixed.close());
  beforeEach(() => mixed.control({ reset: true }));

  const tokenOf = async (name: string, caller: object, data: object): Promise<string> => {
    const reply = await mixed.call(name, caller, data);
    expect(reply).toMatchObject({ ok: true });
    return String(reply['sessionToken']);
  };
  const note = async (caller: object, sessionToken: string) =>
    (await mixed.call('note', caller, { action: 'read', sessionToken }))['text'];

  /** Lin has a password, and Zhou is signed in to her account with it. */
  async function signedIn(): Promise<{ lin: string; zhou: string }> {
    const lin = await tokenOf('login', LIN, {});
    const credentials = { name: 'lin', password: PASSWORD };
    const set = { action: 'set-password', sessionToken: lin, ...credentials };
    expect(await mixed.call('identity', LIN, set)).toMatchObject({ ok: true });
    await mixed.call('note', LIN, { action: 'save', text: 'of Lin', sessionToken: lin });
    return { lin, zhou: await tokenOf('login-password', ZHOU, credentials) };
  }

  test('a session by WeChat in its own account is the same for both', async () => {
    const { lin } = await signedIn();
    const check = { action: 'check', sessionToken: lin };
    expect(await mixed.call('session', LIN, check)).toMatchObject({ ok: true });
    expect(await mixed.call('logout', LIN, { sessionToken: lin })).toMatchObject({ ended: 1 });
    expect(await note(LIN, lin)).toBeUndefined();
  });

  test('one of another account is not there for a function with one way in, which leaves it as it is', async () => {
    const { lin, zhou } = await signedIn();
    const before = await mixed.documents('sessions');
    for (const action of ['check', 'list']) {
      const data = { action, sessionToken: zhou };
      expect(await mixed.call('session', ZHOU, data)).toMatchObject({ code: 'SESSION_MISSING' });
    }
    expect(await mixed.call('logout', ZHOU, { sessionToken: zhou })).toMatchObject({ ended: 0 });
    expect(await mixed.documents('sessions')).toEqual(before);
    expect([await note(ZHOU, zhou), await note(LIN, lin)]).toEqual(['of Lin', 'of Lin']);
  });

  test('nobody but Zhou uses the token of Zhou, whichever way', async () => {
    const { zhou } = await signedIn();
    expect(await note(LIN, zhou)).toBeUndefined();
    const check = { action: 'check', sessionToken: zhou };
    expect(await mixed.call('session', LIN, check)).not.toMatchObject({ ok: true });
  });
});
