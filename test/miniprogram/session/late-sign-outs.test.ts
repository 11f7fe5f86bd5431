/**
 * Sign-outs that the cloud hears of late: how late they say they are, and what the cloud’s answers
 * mean.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ENDED,
  OFFLINE,
  refusal,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

const LONG_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

const agoOfLast = (): unknown => phone.last('logout').data['askedAgoMs'];

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
    const client = await phone.signedOutOffline('token-1', 'everywhere');
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
    const client = await phone.signedOutOffline('token-1', 'everywhere');
    phone.now += 60_000;
    void client.sendPendingLogouts();
    expect(agoOfLast()).toBe(60_000);
  });

  test.each(['answered', 'lost', 'given up'])(
    'leaves room for a sign-in since whose reply was %s, also after a restart and a second one',
    async (reply) => {
      const client = await phone.signedOutOffline('token-1', 'everywhere');
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

describe('sign-outs that wait', () => {
  test('say how late they are, so that what was signed in since stays', async () => {
    const client = await phone.signedOutOffline('token-1', 'everywhere');
    expect(phone.last('logout').data).not.toHaveProperty('askedAgoMs');
    phone.now += LONG_MS;
    void client.sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({
      sessionToken: 'token-1',
      scope: 'everywhere',
      askedAgoMs: LONG_MS,
    });
  });

  test('say so after a restart too, and keep count where the clock is set back', async () => {
    await phone.signedOutOffline('token-1', 'everywhere');
    phone.now += 7 * DAY_MS;
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toMatchObject({ askedAgoMs: 7 * DAY_MS });
    phone.now -= 8 * DAY_MS;
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toMatchObject({ askedAgoMs: 7 * DAY_MS });
    phone.now += DAY_MS;
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toMatchObject({ askedAgoMs: 8 * DAY_MS });
  });

  test('end no sign-in of this phone since, however soon it was and wherever its clock went', async () => {
    const client = await phone.signedOutOffline('token-1', 'everywhere');
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    await login;
    phone.now -= DAY_MS;
    void client.sendPendingLogouts();
    const { askedAgoMs } = phone.last('logout').data as { askedAgoMs: number };
    // Longer than the sign-out can be on its way: what the cloud takes off its own time is before
    // the sign-in.
    expect(askedAgoMs).toBeGreaterThanOrEqual(15_000);
  });

  test('of all devices that the cloud will not carry out are not said to be done', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'everywhere' });
    await phone.last('logout').answer(refusal('SESSION_MISSING'));
    expect(await logout).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    expect(client.state).toEqual({ status: 'signedOut' });
    expect(phone.kept.size).toBe(0);
  });

  test.each(['INTERNAL', 'NO_IDENTITY', 'UNAVAILABLE'])(
    'that are answered %s stay, and hold up none of the others',
    async (code) => {
      await phone.signedOutOffline('first');
      const client = await phone.signedOutOffline('second');
      phone.calls.length = 0;
      const sent = client.sendPendingLogouts();
      const tries = code === 'UNAVAILABLE' ? 3 : 1;
      for (let time = 0; time < tries; time++) await phone.last('logout').answer(refusal(code));
      expect(phone.last('logout').data).toMatchObject({ sessionToken: 'first' });
      await phone.last('logout').answer(ENDED);
      expect(await sent).toBe(false);
      void phone.start().sendPendingLogouts();
      expect(phone.last('logout').data).toMatchObject({ sessionToken: 'second' });
    },
  );

  test.each(['INVALID_INPUT', 'SESSION_MISSING', 'SESSION_EXPIRED'])(
    'that are answered %s are over',
    async (code) => {
      const client = await phone.signedOutOffline();
      const sent = client.sendPendingLogouts();
      await phone.last('logout').answer(refusal(code));
      expect(await sent).toBe(true);
      expect(phone.kept.size).toBe(0);
    },
  );

  test('are sent once each in a round, and the round ends without a network', async () => {
    await phone.signedOutOffline('first');
    const client = await phone.signedOutOffline('second');
    phone.calls.length = 0;
    const sent = client.sendPendingLogouts();
    await phone.offline('logout');
    expect(await sent).toBe(false);
    expect(new Set(phone.calls.map(({ data }) => data['sessionToken']))).toEqual(
      new Set(['second']),
    );
  });

  test('are bounded in number: the oldest go', async () => {
    for (let time = 0; time < 20; time++) await phone.signedOutOffline(`token-${time}`);
    const kept = phone.kept.get('session.pendingLogouts') as { token: string }[];
    expect(kept).toHaveLength(16);
    expect(kept.at(-1)).toMatchObject({ token: 'token-19' });
    expect(kept[0]).toMatchObject({ token: 'token-4' });
  });

  test('one that is asked for while another is under way is sent with it', async () => {
    const client = await phone.signedOutOffline('first');
    const sent = client.sendPendingLogouts();
    const login = client.login();
    await phone.last('login').answer(signedInAs('second'));
    await login;
    const logout = client.logout();
    await phone.named('logout').at(-1)?.answer(ENDED);
    await phone.last('logout').answer(ENDED);
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(await sent).toBe(true);
  });
});
