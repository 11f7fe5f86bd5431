/**
 * Sign-outs that the cloud has yet to hear of: in which order they are sent, and when they are
 * given up.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ENDED,
  type PhoneClient,
  refusal,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

const DAY_MS = 24 * 3_600_000;

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

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

describe('the queue of sign-outs', () => {
  test('sends the newest first', async () => {
    await phone.signedOutOffline('first');
    await phone.signedOutOffline('second');
    phone.calls.length = 0;
    await round(phone.start(), ENDED);
    expect(phone.calls.map(({ data }) => data['sessionToken'])).toEqual(['second', 'first']);
    expect(waiting()).toEqual([]);
  });

  test.each(['first', 'second', 'third'])(
    'is held up for one round at most by one that never gets an answer: the %s',
    async (stuck) => {
      for (const token of ['first', 'second', 'third']) await phone.signedOutOffline(token);
      const client = phone.start();
      phone.calls.length = 0;
      for (let rounds = 0; rounds < 2; rounds += 1) {
        const sent = client.sendPendingLogouts();
        for (let made = 0; made < phone.calls.length; made += 1) {
          if (phone.calls[made]?.data['sessionToken'] !== stuck) {
            await phone.calls[made]?.answer(ENDED);
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
      await phone.signedOutOffline('first');
      await phone.signedOutOffline('second');
      const client = phone.start();
      const sent = client.sendPendingLogouts();
      for (let tries = 0; tries < 3; tries += 1) await phone.last('logout').fail({ errCode });
      expect(tokenOfLast()).toBe('first');
      await phone.last('logout').answer(ENDED);
      expect(await sent).toBe(false);
      expect(waiting()).toEqual(['second']);
    },
  );

  test('says of a sign-out what became of that one', async () => {
    await phone.signedOutOffline('first');
    const client = await phone.signedIn('second');
    const logout = client.logout();
    expect(tokenOfLast()).toBe('second');
    await phone.last('logout').answer(ENDED);
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
      const client = await phone.signedOutOffline('first');
      const sent = client.sendPendingLogouts();
      const login = client.login();
      await phone.last('login').answer(signedInAs('second'));
      await login;
      void phone.named('logout').at(-1)?.answer(ENDED);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const logout = client.logout();
      await settle();
      expect(tokenOfLast()).toBe('second');
      await phone.last('logout').answer(ENDED);
      expect(await logout).toEqual({ ok: true, pending: false });
      expect(await sent).toBe(true);
    },
  );

  test('sends one that is added while another waits in vain', async () => {
    const client = await phone.signedOutOffline('first');
    const sent = client.sendPendingLogouts();
    const login = client.login();
    await phone.last('login').answer(signedInAs('second'));
    await login;
    const logout = client.logout();
    await phone.pass(15_000);
    expect(tokenOfLast()).toBe('second');
    await phone.last('logout').answer(ENDED);
    await phone.pass(15_000);
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(await sent).toBe(false);
  });

  test('keeps what is answered INTERNAL for a day and ten rounds, and no longer', async () => {
    const client = await phone.signedOutOffline();
    for (let rounds = 0; rounds < 9; rounds += 1) await round(client, refusal('INTERNAL'));
    phone.now += 2 * DAY_MS;
    expect(waiting()).toHaveLength(1);
    await round(phone.start(), refusal('INTERNAL'));
    expect(waiting()).toEqual([]);
  });

  test('gives nothing up for a mistake that lasts an hour, however often it is met', async () => {
    const client = await phone.signedOutOffline();
    for (let rounds = 0; rounds < 30; rounds += 1) {
      phone.now += 120_000;
      await round(client, refusal('INTERNAL'));
    }
    expect(waiting()).toHaveLength(1);
  });

  test.each([refusal('INTERNAL'), refusal('UNAVAILABLE')])(
    'tries a last time after thirty days, when no session lives any more: %j',
    async (result) => {
      const client = await phone.signedOutOffline();
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
    const client = await phone.signedOutOffline();
    await round(client, refusal('toString'));
    expect(waiting()).toHaveLength(1);
  });

  test('reads what an earlier release has kept', () => {
    phone.kept.set('session.pendingLogouts', [{ token: 'old', scope: 'this' }]);
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'old', scope: 'this' });
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
