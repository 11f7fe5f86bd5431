/** Signing out: here, everywhere, elsewhere, with and without a network. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ENDED, SessionPhone, settle, signedInAs } from '../support/session-phone';

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

describe('signing out', () => {
  test('takes effect here before the cloud answers', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    expect(client.state).toEqual({ status: 'signedOut' });
    expect(phone.kept.has('session')).toBe(false);
    await phone.last('logout').answer(ENDED);
    expect(await logout).toEqual({ ok: true, pending: false });
    expect([...phone.kept]).toEqual([]);
  });

  test('offline is remembered, also when the mini program is killed, and sent later', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });

    const restarted = phone.start();
    expect(restarted.state).toEqual({ status: 'signedOut' });
    const sent = restarted.sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
    await phone.last('logout').answer(ENDED);
    expect(await sent).toBe(true);
    await restarted.sendPendingLogouts();
    expect(phone.named('logout')).toHaveLength(4);
    expect([...phone.kept]).toEqual([]);
  });

  test('is sent once at the start, however often somebody waits for that', async () => {
    const client = await phone.signedIn();
    void client.logout();
    await phone.offline('logout');
    const before = phone.named('logout').length;
    const restarted = phone.start();
    for (let times = 0; times < 3; times += 1) {
      void restarted.ready();
      await phone.offline('logout');
    }
    const tries = phone.named('logout').length - before;
    expect(tries).toBe(before);
  });

  test('of two people in turn while offline tells the cloud of both', async () => {
    const client = await phone.signedIn('token-1');
    const first = client.logout();
    await phone.offline('logout');
    await first;
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    await login;
    const second = client.logout();
    await phone.last('logout').answer(ENDED);
    await phone.last('logout').answer(ENDED);
    await second;
    const told = phone.named('logout').slice(-2);
    expect(told.map(({ data }) => data['sessionToken'])).toEqual(['token-2', 'token-1']);
    expect([...phone.kept]).toEqual([]);
  });

  test('twice is the same as once', async () => {
    const client = await phone.signedIn();
    const both = [client.logout(), client.logout()];
    await phone.last('logout').answer(ENDED);
    await Promise.all(both);
    expect(phone.named('logout')).toHaveLength(1);
  });
});

describe('signing out elsewhere', () => {
  test('everywhere takes effect here at once, and is kept with its scope until it is sent', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'everywhere' });
    expect(client.state).toEqual({ status: 'signedOut' });
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'everywhere' });
  });

  test('on the others leaves this phone signed in', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'others' });
    await settle();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'others' });
    await phone.last('logout').answer({ ok: true, ended: 2 });
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(client.state.status).toBe('signedIn');
  });

  test('on the others fails when the cloud cannot be reached, and says so', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'others' });
    await settle();
    await phone.offline('logout');
    expect(await logout).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(client.state.status).toBe('signedIn');
  });

  test('is forgotten here when the cloud has done it already', async () => {
    const client = await phone.signedIn();
    client.forget();
    expect(client.state).toEqual({ status: 'signedOut' });
    expect([...phone.kept]).toEqual([]);
    expect(phone.named('logout')).toEqual([]);
  });
});
