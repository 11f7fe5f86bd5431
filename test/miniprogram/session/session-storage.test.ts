/** What a phone keeps, also when its storage is full or broken, and when it is well again. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  ENDED,
  type PhoneClient,
  refusal,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});

describe('what the phone has kept', () => {
  test.each([
    '',
    7,
    null,
    [],
    {},
    { token: 7, session: {} },
    { token: 'x' },
    { token: 'x', session: null },
  ])('is ignored when it is no session: %j', (value) => {
    phone.kept.set('session', value);
    expect(phone.start().state).toEqual({ status: 'signedOut' });
  });
});

describe('a phone whose storage is full', () => {
  test('signs out, says that the cloud is to be told, and tells it', async () => {
    const client = await phone.signedIn();
    phone.room = 1;
    const logout = client.logout();
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });
    expect(client.state.status).toBe('signedOut');

    // There was room once the session was gone: also after a restart the cloud hears of it.
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toMatchObject({ sessionToken: 'token-1' });
  });

  test('that has no room for anything tells the cloud while it runs', async () => {
    const client = await phone.signedIn();
    phone.broken.add('set');
    const logout = client.logout();
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });
    const sent = client.sendPendingLogouts();
    await phone.last('logout').answer(ENDED);
    expect(await sent).toBe(true);
    expect(phone.start().state.status).toBe('signedOut');
  });

  test('that lets go of nothing is signed out all the same, also after a restart', async () => {
    const client = await phone.signedIn();
    phone.broken.add('remove');
    void client.logout();
    expect(client.state.status).toBe('signedOut');
    expect(phone.start().state.status).toBe('signedOut');
  });

  test('that lets go of nothing is signed out also once the cloud knows', async () => {
    const client = await phone.signedIn();
    phone.broken.add('remove');
    const logout = client.logout();
    await phone.last('logout').answer(ENDED);
    expect(await logout).toEqual({ ok: true, pending: false });
    const restarted = phone.start();
    expect(restarted.state.status).toBe('signedOut');
    expect(await restarted.sendPendingLogouts()).toBe(true);
  });

  test('that neither lets go of the session nor overwrites it knows of the sign-out', async () => {
    const client = await phone.signedIn();
    const { kept } = phone;
    const session = kept.get('session');
    void client.logout();
    kept.set('session', session);
    expect(phone.start().state.status).toBe('signedOut');
  });

  test.each(['get', 'set', 'remove'] as const)(
    'where every %s fails signs in and out',
    async (call) => {
      phone.broken.add(call);
      const client = await phone.signedIn();
      expect(client.state.status).toBe('signedIn');
      const logout = client.logout();
      await phone.last('logout').answer(ENDED);
      expect(await logout).toEqual({ ok: true, pending: false });
      expect(client.state.status).toBe('signedOut');
    },
  );

  test('does not come back with the session of before when the new one does not fit', async () => {
    const client = await phone.signedIn('old');
    phone.broken.add('set');
    const login = client.login();
    await phone.last('login').answer(signedInAs('new'));
    await login;
    expect(phone.start().state.status).toBe('signedOut');
  });
});

/** Storage that takes nothing and lets go of nothing while it lasts. */
async function whileFull(run: () => Promise<unknown>): Promise<void> {
  phone.broken.add('set').add('remove');
  await run();
  phone.broken.clear();
}

const looks: [string, (client: PhoneClient) => unknown][] = [
  ['is looked at', (client) => client.refresh()],
  ['comes to the front', (client) => client.appShown()],
  ['is told to send them', (client) => client.sendPendingLogouts()],
  ['is online again', (client) => client.networkReturned()],
];

describe.each(looks)('a phone whose storage failed and is well when it %s', (_, look) => {
  async function wellAgain(client: PhoneClient): Promise<void> {
    look(client);
    await settle();
  }

  test('is not signed in again by a restart, after a sign-out that the cloud knows of', async () => {
    const client = await phone.signedIn();
    await whileFull(async () => {
      const logout = client.logout();
      await phone.last('logout').answer(ENDED);
      await logout;
    });
    expect(phone.kept.has('session')).toBe(true);
    await wellAgain(client);
    expect(phone.start().state.status).toBe('signedOut');
    expect(phone.kept.size).toBe(0);
  });

  test('keeps the sign-out that the cloud has yet to hear of', async () => {
    const client = await phone.signedIn();
    await whileFull(async () => {
      const logout = client.logout();
      await phone.offline('logout');
      await logout;
    });
    await wellAgain(client);
    const restarted = phone.start();
    expect(restarted.state.status).toBe('signedOut');
    void restarted.sendPendingLogouts();
    expect(phone.last('logout').data).toMatchObject({ sessionToken: 'token-1' });
  });

  test('is not signed in again by a restart, after the account was deleted', async () => {
    const client = await phone.signedIn();
    await whileFull(() => {
      client.forget();
      return settle();
    });
    await wellAgain(client);
    expect(phone.start().state.status).toBe('signedOut');
  });

  test('is not signed in again by a restart, after the cloud has said that it is over', async () => {
    const client = await phone.signedIn();
    await whileFull(async () => {
      void client.check();
      await phone.last('session').answer(refusal('SESSION_REVOKED'));
    });
    await wellAgain(client);
    expect(phone.start().state.status).toBe('signedOut');
  });

  test('keeps the sign-in that there was no room for', async () => {
    const client = phone.start();
    await whileFull(async () => {
      void client.login();
      await phone.last('login').answer(signedInAs('token-1'));
    });
    expect(phone.start().state.status).toBe('signedOut');
    await wellAgain(client);
    expect(phone.start().state.status).toBe('signedIn');
  });
});

test('a session that its sign-out has outlived on the phone is gone once the cloud knows of that', async () => {
  const client = await phone.signedIn();
  const session = phone.kept.get('session');
  void client.logout();
  phone.kept.set('session', session);
  const restarted = phone.start();
  const sent = restarted.sendPendingLogouts();
  await phone.last('logout').answer(ENDED);
  await sent;
  expect(phone.start().state.status).toBe('signedOut');
});
