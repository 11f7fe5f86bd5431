/** People who sign out while something is under way, or sign in while they sign out. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  ENDED,
  refusal,
  sessionOf,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

describe('a person who changes their mind', () => {
  test('signs out while they sign in, and signs in again: that is a sign-in of its own', async () => {
    const client = phone.start();
    const first = client.login();
    const overtaken = phone.last('login');
    void client.logout();
    const second = client.login();
    expect(phone.named('login')).toHaveLength(2);
    expect(client.state).toEqual({ status: 'signedOut', busy: 'login' });
    await phone.last('login').answer(signedInAs('token-2'));
    expect((await second).status).toBe('signedIn');
    await overtaken.answer({
      ...signedInAs('token-1'),
      session: sessionOf('id', { createdAt: 1 }),
    });
    await first;
    expect(client.state).toMatchObject({ status: 'signedIn', session: { id: 'id-of-token-2' } });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
  });

  test('shares the sign-in that is under way, and not the one that was overtaken, when that ends', async () => {
    const client = phone.start();
    void client.login();
    const overtaken = phone.last('login');
    void client.logout();
    const second = client.login();
    await overtaken.answer(refusal('INTERNAL'));
    const third = client.login();
    expect(phone.named('login')).toHaveLength(2);
    await phone.last('login').answer(signedInAs('token-2'));
    expect(await third).toBe(await second);
  });

  test('signs out while they are asked to sign in again: what they wanted is not done', async () => {
    const client = await phone.signedIn();
    let answer: (signedIn: boolean) => void = () => undefined;
    phone.askToSignIn = () => new Promise((resolve) => (answer = resolve));
    const deletion = client.call('account', { action: 'delete' });
    await settle();
    await phone.last('account').answer(refusal('SESSION_NOT_FRESH'));
    void client.logout();
    void client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    answer(true);
    expect(await deletion).toMatchObject({ ok: false, code: 'SESSION_NOT_FRESH' });
    expect(phone.named('account')).toHaveLength(1);
  });

  test('sees that they are signing in, whatever other calls are answered meanwhile', async () => {
    const client = await phone.signedIn();
    const note = client.call('note', {});
    await settle();
    const noteCall = phone.last('note');
    void client.login();
    const login = phone.last('login');
    void client.check();
    await noteCall.answer(refusal('INTERNAL'));
    await note;
    expect(client.state).toMatchObject({ status: 'signedIn', busy: 'login' });
    await login.answer(signedInAs('token-2'));
    expect(client.state.busy).toBeUndefined();
    expect(phone.named('session')).toEqual([]);
  });
});

describe('a person who signs out while something is under way', () => {
  test('is not asked to sign in by what comes back', async () => {
    const client = await phone.signedIn();
    const ask = jest.fn(() => Promise.resolve(true));
    phone.askToSignIn = ask;
    const read = client.call('note', { action: 'read' }, { idempotent: true });
    await settle();
    const reading = phone.last('note');
    void client.logout();
    await reading.answer(refusal('SESSION_MISSING'));
    expect(await read).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    expect(ask).not.toHaveBeenCalled();
  });

  test('by deleting the account ends a sign-in that comes after', async () => {
    const client = phone.start();
    const login = client.login();
    client.forget();
    await phone.last('login').answer(signedInAs('late'));
    expect(client.state.status).toBe('signedOut');
    await phone.last('logout').answer(ENDED);
    expect((await login).status).toBe('signedOut');
  });
});

describe('a sign-in right after a sign-out everywhere', () => {
  test('waits until that is done, which could end it', async () => {
    const client = await phone.signedIn();
    void client.logout({ scope: 'everywhere' });
    const everywhere = phone.last('logout');
    const login = client.login();
    expect(client.state).toEqual({ status: 'signedOut', busy: 'login' });
    await settle();
    expect(phone.named('login')).toHaveLength(1);
    await everywhere.answer(ENDED);
    await phone.last('login').answer(signedInAs('token-2'));
    expect((await login).status).toBe('signedIn');
  });

  test('waits no longer than anybody waits for an answer', async () => {
    const client = await phone.signedIn();
    void client.logout({ scope: 'everywhere' });
    void client.login();
    await phone.pass(15_000);
    expect(phone.last('login').data['attempt']).toBeDefined();
  });

  test('is none when the person signs out again while it waits', async () => {
    const client = await phone.signedIn();
    void client.logout({ scope: 'everywhere' });
    const everywhere = phone.last('logout');
    const login = client.login();
    void client.logout();
    await everywhere.answer(ENDED);
    expect(await login).toEqual({ status: 'signedOut' });
    expect(phone.named('login')).toHaveLength(1);
  });

  test('waits for no sign-out of this phone alone', async () => {
    const client = await phone.signedIn();
    void client.logout();
    void client.login();
    expect(phone.last('login').data['sessionToken']).toBe('token-1');
  });

  test('leaves the place of the token that has yet to sign the others out', async () => {
    const client = await phone.signedIn();
    void client.logout({ scope: 'everywhere' });
    await phone.offline('logout');
    void client.login();
    expect(phone.last('login').data['sessionToken']).toBeUndefined();
  });
});

test('a sign-in takes the place of the token that was given up last', async () => {
  for (const token of ['token-1', 'token-2']) {
    const client = await phone.signedIn(token);
    void client.logout();
    await phone.offline('logout');
  }
  void phone.start().login();
  expect(phone.last('login').data['sessionToken']).toBe('token-2');
});
