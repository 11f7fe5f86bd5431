/** Sign-outs that the cloud hears of late: how late they say they are, in which order they are sent, and when they are given up. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  OFFLINE,
  refusal,
  type PhoneClient,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

const DAY_MS = 24 * 3_600_000;
const DONE = { ok: true, ended: 1 };

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});

async function signedOutOffline(token = 'token-1', scope?: 'everywhere'): Promise<PhoneClient> {
  const client = await phone.signedIn(token);
  const logout = client.logout(scope === undefined ? {} : { scope });
  await phone.offline('logout');
  await logout;
  return client;
}

const agoOfLast = (): unknown => phone.last('logout').data['askedAgoMs'];
const tokenOfLast = (): unknown => phone.last('logout').data['sessionToken'];
const waiting = (): unknown[] =>
  ((phone.kept.get('session.pendingLogouts') ?? []) as { token: string }[]).map(
    ({ token }) => token,
  );

/** One round in which every sign-out that is sent is answered like this. */
async function round(client: PhoneClient, result: unknown): Promise<void> {
  const before = phone.calls.length;
  const sent = client.sendPendingLogouts();
  for (let made = before; made < phone.calls.length; made += 1) {
    await phone.calls[made]?.answer(result);
  }
  await sent;
}

describe('how late a sign-out is', () => {
  test('is said anew at each try, and not at the first', async () => {
    const client = await phone.signedIn();
    void client.logout({ scope: 'everywhere' });
    const said = [];
    for (let tries = 0; tries < 3; tries += 1) {
      said.push(agoOfLast());
      phone.now += 14_000;
      await phone.last('logout').fail(OFFLINE);
    }
    expect(said).toEqual([undefined, 14_000, 28_000]);
  });

  test('is said of signing out the others too, when it is asked again', async () => {
    const client = await phone.signedIn();
    void client.logout({ scope: 'others' });
    await settle();
    expect(phone.last('logout').data).not.toHaveProperty('askedAgoMs');
    phone.now += 14_000;
    await phone.last('logout').fail(OFFLINE);
    expect(agoOfLast()).toBe(14_000);
  });

  test('is not made more by every sign-in that fails: what was signed in elsewhere before still ends', async () => {
    const client = await signedOutOffline('token-1', 'everywhere');
    for (let taps = 0; taps < 20; taps += 1) {
      const login = client.login();
      await phone.offline('login');
      await login;
    }
    phone.now += 60_000;
    void client.sendPendingLogouts();
    expect(agoOfLast()).toBe(60_000 + 15_000);
  });

  test('is exact where nobody has signed in since', async () => {
    const client = await signedOutOffline('token-1', 'everywhere');
    phone.now += 60_000;
    void client.sendPendingLogouts();
    expect(agoOfLast()).toBe(60_000);
  });

  test.each(['answered', 'lost', 'given up'])(
    'leaves room for a sign-in since whose reply was %s, also after a restart and a second one',
    async (reply) => {
      const client = await signedOutOffline('token-1', 'everywhere');
      void client.login();
      if (reply === 'answered') await phone.last('login').answer(signedInAs('token-2'));
      if (reply === 'lost') await phone.offline('login');
      if (reply === 'given up') await phone.pass(15_000);
      const asked = phone.now;
      phone.now += 1_000;
      const restarted = phone.start();
      void restarted.login();
      await phone.last('login').answer(signedInAs('token-3'));
      void restarted.sendPendingLogouts();
      const elapsed = 1_000 + (reply === 'given up' ? 15_000 : 0);
      expect(asked).toBeLessThan(phone.now);
      expect(agoOfLast()).toBe(elapsed + 15_000);
    },
  );
});

describe('the queue of sign-outs', () => {
  test('sends the newest first', async () => {
    await signedOutOffline('first');
    await signedOutOffline('second');
    phone.calls.length = 0;
    await round(phone.start(), DONE);
    expect(phone.calls.map(({ data }) => data['sessionToken'])).toEqual(['second', 'first']);
    expect(waiting()).toEqual([]);
  });

  test.each(['first', 'second', 'third'])(
    'is held up for one round at most by one that never gets an answer: the %s',
    async (stuck) => {
      for (const token of ['first', 'second', 'third']) await signedOutOffline(token);
      const client = phone.start();
      phone.calls.length = 0;
      for (let rounds = 0; rounds < 2; rounds += 1) {
        const sent = client.sendPendingLogouts();
        for (let made = 0; made < phone.calls.length; made += 1) {
          if (phone.calls[made]?.data['sessionToken'] !== stuck) {
            await phone.calls[made]?.answer(DONE);
          }
        }
        await phone.pass(15_000);
        await sent;
      }
      expect(waiting()).toEqual([stuck]);
    },
  );

  test.each([-404_011, -501_000, -504_003])(
    'is not held up at all by one that the cloud answers with error %i',
    async (errCode) => {
      await signedOutOffline('first');
      await signedOutOffline('second');
      const client = phone.start();
      const sent = client.sendPendingLogouts();
      for (let tries = 0; tries < 3; tries += 1) await phone.last('logout').fail({ errCode });
      expect(tokenOfLast()).toBe('first');
      await phone.last('logout').answer(DONE);
      expect(await sent).toBe(false);
      expect(waiting()).toEqual(['second']);
    },
  );

  test('says of a sign-out what became of that one', async () => {
    await signedOutOffline('first');
    const client = await phone.signedIn('second');
    const logout = client.logout();
    expect(tokenOfLast()).toBe('second');
    await phone.last('logout').answer(DONE);
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(waiting()).toEqual(['first']);
  });

  test('says to somebody who signs out twice that the cloud has yet to hear of it', async () => {
    const client = await phone.signedIn();
    const both = [client.logout(), client.logout()];
    await phone.offline('logout');
    expect(await Promise.all(both)).toEqual([
      { ok: true, pending: true },
      { ok: true, pending: true },
    ]);
  });

  test.each(Array.from({ length: 12 }, (_, turns) => turns))(
    'sends one that is added just as a round ends, %i turns after its last answer',
    async (turns) => {
      const client = await signedOutOffline('first');
      const sent = client.sendPendingLogouts();
      const login = client.login();
      await phone.last('login').answer(signedInAs('second'));
      await login;
      void phone.named('logout').at(-1)?.answer(DONE);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const logout = client.logout();
      await settle();
      expect(tokenOfLast()).toBe('second');
      await phone.last('logout').answer(DONE);
      expect(await logout).toEqual({ ok: true, pending: false });
      expect(await sent).toBe(true);
    },
  );

  test('sends one that is added while another waits in vain', async () => {
    const client = await signedOutOffline('first');
    const sent = client.sendPendingLogouts();
    const login = client.login();
    await phone.last('login').answer(signedInAs('second'));
    await login;
    const logout = client.logout();
    await phone.pass(15_000);
    expect(tokenOfLast()).toBe('second');
    await phone.last('logout').answer(DONE);
    await phone.pass(15_000);
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(await sent).toBe(false);
  });

  test('keeps what is answered INTERNAL for a day and ten rounds, and no longer', async () => {
    const client = await signedOutOffline();
    for (let rounds = 0; rounds < 9; rounds += 1) await round(client, refusal('INTERNAL'));
    phone.now += 2 * DAY_MS;
    expect(waiting()).toHaveLength(1);
    await round(phone.start(), refusal('INTERNAL'));
    expect(waiting()).toEqual([]);
  });

  test('gives nothing up for a mistake that lasts an hour, however often it is met', async () => {
    const client = await signedOutOffline();
    for (let rounds = 0; rounds < 30; rounds += 1) {
      phone.now += 120_000;
      await round(client, refusal('INTERNAL'));
    }
    expect(waiting()).toHaveLength(1);
  });

  test.each([refusal('INTERNAL'), refusal('UNAVAILABLE')])(
    'tries a last time after thirty days, when no session lives any more: %j',
    async (result) => {
      const client = await signedOutOffline();
      phone.now += 30 * DAY_MS - 1;
      await round(client, result);
      expect(waiting()).toHaveLength(1);
      phone.now += 1;
      const before = phone.calls.length;
      await round(client, result);
      expect(phone.calls.length).toBeGreaterThan(before);
      expect(waiting()).toEqual([]);
    },
  );

  test('keeps what is answered by a word that only looks like a code', async () => {
    const client = await signedOutOffline();
    await round(client, refusal('toString'));
    expect(waiting()).toHaveLength(1);
  });

  test('reads what an earlier release has kept', () => {
    phone.kept.set('session.pendingLogouts', [{ token: 'old', scope: 'this' }]);
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'old', scope: 'this' });
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
    await everywhere.answer(DONE);
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
    await everywhere.answer(DONE);
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

test('one sign-out more than are kept is not the one that goes', async () => {
  phone.kept.set(
    'session.pendingLogouts',
    Array.from({ length: 16 }, (_, n) => ({ token: `old-${n}`, scope: 'everywhere' })),
  );
  const client = await phone.signedIn('token-1');
  const logout = client.logout();
  // Without a network one is enough to know.
  await phone.offline('logout');
  expect(await logout).toEqual({ ok: true, pending: true });
  expect(phone.named('logout')).toHaveLength(3);
});

test('of too many, the oldest of one phone alone goes first', async () => {
  const everywhere = Array.from({ length: 15 }, (_, n) => ({
    token: `everywhere-${n}`,
    scope: 'everywhere',
  }));
  phone.kept.set('session.pendingLogouts', [...everywhere, { token: 'one', scope: 'this' }]);
  const client = await phone.signedIn('token-1');
  void client.logout();
  const kept = phone.kept.get('session.pendingLogouts') as { token: string }[];
  expect(kept.map(({ token }) => token)).toEqual([
    ...everywhere.map(({ token }) => token),
    'token-1',
  ]);
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
