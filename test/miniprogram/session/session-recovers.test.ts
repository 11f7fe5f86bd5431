/** The session client after something went wrong and is well again: storage, the network, replies that come late. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  refusal,
  sessionOf,
  type PhoneClient,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';
import { AT } from '../../support/sessions';

const DONE = { ok: true, ended: 1 };
const GIVEN_UP_MS = 15_000;

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
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
      await phone.last('logout').answer(DONE);
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
  await phone.last('logout').answer(DONE);
  await sent;
  expect(phone.start().state.status).toBe('signedOut');
});

describe('a failure of before says nothing about now', () => {
  test('a call that is given up, when the session was good meanwhile', async () => {
    const client = await phone.signedIn();
    const outcome = client.call('note', { action: 'read' });
    await settle();
    phone.now += 1_000;
    void client.check();
    await phone.last('session').answer({ ok: true, session: sessionOf('id') });
    await phone.pass(GIVEN_UP_MS);
    expect(await outcome).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id') });
  });

  test('a question that is given up, when an earlier one was answered meanwhile', async () => {
    const client = await phone.signedIn();
    void client.check();
    const [first] = phone.named('session');
    void client.networkReturned();
    await first?.answer({ ok: true, session: sessionOf('id') });
    await phone.pass(GIVEN_UP_MS);
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id') });
  });

  test('but not what the cloud answered, however late', async () => {
    const client = await phone.signedIn();
    const note = client.call('note', {});
    await settle();
    const late = phone.last('note');
    void client.check();
    await phone.last('session').answer({ ok: true, session: sessionOf('id-of-token-1') });
    await late.answer(refusal('INTERNAL'));
    await note;
    expect(client.state).toMatchObject({ status: 'signedIn', problem: 'INTERNAL' });
  });

  test('but a call that is given up, when nobody was answered, is told', async () => {
    const client = await phone.signedIn();
    void client.call('note', { action: 'read' });
    await settle();
    await phone.pass(GIVEN_UP_MS);
    expect(client.state).toMatchObject({ status: 'signedIn', problem: 'NETWORK' });
  });
});

describe('that the session is not fresh', () => {
  async function deleting(client: PhoneClient) {
    const ask = jest.fn(() => Promise.resolve(true));
    phone.askToSignIn = ask;
    const outcome = client.call('account', { action: 'delete' });
    await settle();
    return { ask, outcome, call: phone.last('account') };
  }

  test('asks nothing of somebody who has signed out', async () => {
    const client = await phone.signedIn();
    const { ask, outcome, call } = await deleting(client);
    void client.logout();
    await call.answer(refusal('SESSION_NOT_FRESH'));
    expect(await outcome).toMatchObject({ ok: false, code: 'SESSION_NOT_FRESH' });
    expect(ask).not.toHaveBeenCalled();
  });

  test('asks nothing of somebody who has signed in since: it is made again by itself', async () => {
    const client = await phone.signedIn();
    const { ask, outcome, call } = await deleting(client);
    void client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    await call.answer(refusal('SESSION_NOT_FRESH'));
    expect(phone.last('account').data).toMatchObject({ sessionToken: 'token-2' });
    await phone.last('account').answer({ ok: true, deleted: true });
    expect(await outcome).toEqual({ ok: true, deleted: true });
    expect(ask).not.toHaveBeenCalled();
  });
});

test('a phone that was replaced notices at the next look, five seconds after the last', async () => {
  const client = await phone.signedIn();
  phone.now += 4_999;
  void client.refresh();
  expect(phone.named('session')).toHaveLength(0);
  phone.now += 1;
  void client.refresh();
  await phone.last('session').answer(refusal('SESSION_REPLACED', { endedAt: 1 }));
  expect(client.state.status).toBe('signedOut');
});

describe('a sign-in whose reply was lost, and a mini program that was killed', () => {
  const attempts = (): unknown[] => phone.named('login').map(({ data }) => data['attempt']);

  test.each(['lost', 'on its way'])('is the same attempt after a restart: %s', async (reply) => {
    void phone.start().login();
    if (reply === 'lost') await phone.offline('login');
    void phone.start().login();
    await phone.last('login').answer(signedInAs('token-1'));
    expect(new Set(attempts()).size).toBe(1);
    expect([...phone.kept.keys()]).toEqual(['session']);
  });

  test('is the same attempt while the mini program runs, also where nothing can be kept', async () => {
    phone.broken.add('set').add('get').add('remove');
    const client = phone.start();
    void client.login();
    await phone.offline('login');
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-1'));
    expect((await login).status).toBe('signedIn');
    expect(new Set(attempts()).size).toBe(1);
  });

  test.each([7, '', {}, 'short', 'x'.repeat(65)])('is no attempt that was kept as %j', (kept) => {
    phone.kept.set('session.attempt', kept);
    void phone.start().login();
    expect(attempts()[0]).toMatch(/^attempt-\d{16}$/);
  });
});

describe('a sign-in that was given up and is answered after all', () => {
  async function givenUp(client = phone.start()) {
    const login = client.login();
    const late = phone.last('login');
    await phone.pass(GIVEN_UP_MS);
    expect(await login).toMatchObject({ problem: 'NETWORK' });
    return { client, late };
  }

  const issuedLater = (token: string, laterMs: number) => ({
    ...signedInAs(token),
    session: sessionOf(`id-of-${token}`, { createdAt: AT + laterMs }),
  });

  test('is ended: nobody waits for it any more, and nothing signs in by itself', async () => {
    const { client, late } = await givenUp();
    await late.answer(signedInAs('late'));
    expect(client.state).toEqual({ status: 'signedOut', problem: 'NETWORK' });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'late', scope: 'this' });
    await phone.last('logout').answer(DONE);
    expect(phone.kept.size).toBe(0);
  });

  test('is taken in the place of the session that it was to renew', async () => {
    const { client, late } = await givenUp(await phone.signedIn());
    await late.answer(issuedLater('late', 1_000));
    expect(client.state).toMatchObject({ status: 'signedIn', session: { id: 'id-of-late' } });
    expect(phone.start().state.status).toBe('signedIn');
    expect([...phone.kept.keys()]).toEqual(['session']);
  });

  test('is taken in the place of its own repetition, when it was carried out after that', async () => {
    const { client, late } = await givenUp();
    void client.login();
    await phone.last('login').answer(issuedLater('token-2', 1_000));
    await late.answer(issuedLater('late', 2_000));
    expect(client.state).toMatchObject({ status: 'signedIn', session: { id: 'id-of-late' } });
    expect(phone.named('logout')).toEqual([]);
  });

  test('is ended when the person has signed out since', async () => {
    const { client, late } = await givenUp();
    void client.logout();
    await late.answer(signedInAs('late'));
    expect(client.state).toEqual({ status: 'signedOut' });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'late', scope: 'this' });
    await phone.last('logout').answer(DONE);
  });

  test('is ended when they have signed in since, who stay so', async () => {
    const { client, late } = await givenUp();
    void client.login();
    await phone.last('login').answer(issuedLater('token-2', 1_000));
    await late.answer(signedInAs('late'));
    expect(client.state).toMatchObject({ status: 'signedIn', session: { id: 'id-of-token-2' } });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'late', scope: 'this' });
  });

  test('is ended when another sign-in is under way, which keeps its attempt', async () => {
    const { client, late } = await givenUp();
    void client.login();
    const second = phone.last('login');
    await late.answer(signedInAs('late'));
    expect(client.state).toMatchObject({ status: 'signedOut', busy: 'login' });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'late', scope: 'this' });
    expect(phone.kept.get('session.attempt')).toBe(second.data['attempt']);
    await second.answer(signedInAs('token-2'));
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-2') });
  });

  test.each([refusal('INTERNAL'), refusal('SESSION_MISSING'), undefined])(
    'says nothing when it is no sign-in: %j',
    async (result) => {
      const { client, late } = await givenUp();
      const { state } = client;
      await late.answer(result);
      expect(client.state).toEqual(state);
    },
  );
});
