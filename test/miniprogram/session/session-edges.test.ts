/** The session client where the phone is full, the network lies, replies get lost, and nobody is there to ask. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  OFFLINE,
  refusal,
  sessionOf,
  type PhoneClient,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});

const LONG_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

describe('what is not of the contract’s shape', () => {
  const strange: [string, unknown][] = [
    ['nothing', undefined],
    ['a page', '<html>Welcome to the airport</html>'],
    ['an empty object', {}],
    ['ok and nothing else', { ok: true }],
    ['a list', [{ ok: true }]],
    ['a code and nothing else', { ok: false, code: 'SESSION_MISSING' }],
    ['a refusal without its text', { ok: false, code: 'SESSION_EXPIRED', retryable: false }],
    ['a detail that is none', { ...refusal('SESSION_REVOKED'), detail: 'yes' }],
    ['a code that is none', { ...refusal('x'), code: 7 }],
    ['a time that is none', refusal('SESSION_REPLACED', { endedAt: '1' })],
    ['a device that is none', refusal('SESSION_REVOKED', { endedAt: 1, device: 'iPad' })],
  ];

  test.each(strange)('signs nobody out: %s', async (_, result) => {
    const client = await phone.signedIn();
    const checked = client.check();
    for (let tries = 0; tries < 3; tries++) await phone.last('session').answer(result);
    expect(await checked).toMatchObject({ status: 'signedIn', problem: 'UNAVAILABLE' });
  });

  test.each([
    ...strange,
    ['no token', { ok: true, session: sessionOf('x') }],
    ['an empty token', { ...signedInAs(''), sessionToken: '' }],
    ['a token that is a number', { ...signedInAs('x'), sessionToken: 7 }],
    ['a session that is none', { ok: true, sessionToken: 'x', session: {} }],
    [
      'a session without its end',
      { ok: true, sessionToken: 'x', session: sessionOf('x', { expiresAt: null }) },
    ],
  ])('signs nobody in: %s', async (_, result) => {
    const client = phone.start();
    const login = client.login();
    for (let tries = 0; tries < 3; tries++) {
      if (phone.calls.length > tries) await phone.last('login').answer(result);
    }
    expect((await login).status).toBe('signedOut');
    expect(phone.start().state.status).toBe('signedOut');
  });

  test.each([
    ['a session that is none', { token: 'x', session: {} }],
    ['no session', { token: 'x', session: null }],
    ['half of a session', { token: 'x', session: { id: 'x', expiresAt: 1 } }],
    ['no token', { token: '', session: sessionOf('x') }],
    ['a list', []],
  ])('on the phone is no session: %s', (_, kept) => {
    phone.kept.set('session', kept);
    expect(phone.start().state).toEqual({ status: 'signedOut' });
  });

  test('a code that is no code of ours keeps the person in, and says that something is wrong', async () => {
    const client = await phone.signedIn();
    const checked = client.check();
    await phone.last('session').answer(refusal('WEIRD'));
    expect(await checked).toEqual({
      status: 'signedIn',
      session: sessionOf('id-of-token-1'),
      problem: 'INTERNAL',
    });
  });

  test('a refusal of a function of the app’s own is its own business', async () => {
    const client = await phone.signedIn();
    const outcome = client.call('orders', {});
    await settle();
    await phone.last('orders').answer(refusal('SOLD_OUT'));
    expect(await outcome).toMatchObject({ ok: false, code: 'SOLD_OUT' });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('does not end the sign-out that waits for it', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    for (let tries = 0; tries < 3; tries++) await phone.last('logout').answer({ ok: true });
    expect(await logout).toEqual({ ok: true, pending: true });
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
    await phone.last('logout').answer({ ok: true, ended: 1 });
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
    await phone.last('logout').answer({ ok: true, ended: 1 });
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
      await phone.last('logout').answer({ ok: true, ended: 1 });
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

describe('sign-outs that wait', () => {
  async function signedOutOffline(scope?: 'everywhere', token = 'token-1'): Promise<PhoneClient> {
    const client = await phone.signedIn(token);
    const logout = client.logout(scope === undefined ? {} : { scope });
    await phone.offline('logout');
    await logout;
    return client;
  }

  test('say how late they are, so that what was signed in since stays', async () => {
    const client = await signedOutOffline('everywhere');
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
    await signedOutOffline('everywhere');
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
    const client = await signedOutOffline('everywhere');
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    await login;
    phone.now -= DAY_MS;
    void client.sendPendingLogouts();
    const { askedAgoMs } = phone.last('logout').data as { askedAgoMs: number };
    // Longer than the sign-out can be on its way: what the cloud takes off its own time is before the sign-in.
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
      await signedOutOffline(undefined, 'first');
      const client = await signedOutOffline(undefined, 'second');
      phone.calls.length = 0;
      const sent = client.sendPendingLogouts();
      const tries = code === 'UNAVAILABLE' ? 3 : 1;
      for (let time = 0; time < tries; time++) await phone.last('logout').answer(refusal(code));
      expect(phone.last('logout').data).toMatchObject({ sessionToken: 'first' });
      await phone.last('logout').answer({ ok: true, ended: 1 });
      expect(await sent).toBe(false);
      void phone.start().sendPendingLogouts();
      expect(phone.last('logout').data).toMatchObject({ sessionToken: 'second' });
    },
  );

  test.each(['INVALID_INPUT', 'SESSION_MISSING', 'SESSION_EXPIRED'])(
    'that are answered %s are over',
    async (code) => {
      const client = await signedOutOffline();
      const sent = client.sendPendingLogouts();
      await phone.last('logout').answer(refusal(code));
      expect(await sent).toBe(true);
      expect(phone.kept.size).toBe(0);
    },
  );

  test('are sent once each in a round, and the round ends without a network', async () => {
    await signedOutOffline(undefined, 'first');
    const client = await signedOutOffline(undefined, 'second');
    phone.calls.length = 0;
    const sent = client.sendPendingLogouts();
    await phone.offline('logout');
    expect(await sent).toBe(false);
    expect(new Set(phone.calls.map(({ data }) => data['sessionToken']))).toEqual(
      new Set(['second']),
    );
  });

  test('are bounded in number: the oldest go', async () => {
    for (let time = 0; time < 20; time++) await signedOutOffline(undefined, `token-${time}`);
    const kept = phone.kept.get('session.pendingLogouts') as { token: string }[];
    expect(kept).toHaveLength(16);
    expect(kept.at(-1)).toMatchObject({ token: 'token-19' });
    expect(kept[0]).toMatchObject({ token: 'token-4' });
  });

  test('one that is asked for while another is under way is sent with it', async () => {
    const client = await signedOutOffline(undefined, 'first');
    const sent = client.sendPendingLogouts();
    const login = client.login();
    await phone.last('login').answer(signedInAs('second'));
    await login;
    const logout = client.logout();
    await phone.named('logout').at(-1)?.answer({ ok: true, ended: 1 });
    await phone.last('logout').answer({ ok: true, ended: 1 });
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(await sent).toBe(true);
  });
});

describe('a call that is never answered', () => {
  test('is given up, and blocks no check after it', async () => {
    const client = await phone.signedIn();
    const first = client.check();
    await phone.pass(LONG_MS);
    expect(await first).toMatchObject({ status: 'signedIn', problem: 'NETWORK' });
    const second = client.check();
    await phone.last('session').answer({ ok: true, session: sessionOf('id') });
    expect(await second).toEqual({ status: 'signedIn', session: sessionOf('id') });
  });

  test('is not asked again at once: the person has waited long enough', async () => {
    const client = await phone.signedIn();
    void client.check();
    await phone.pass(LONG_MS);
    expect(phone.named('session')).toHaveLength(1);
    expect(phone.waits).toEqual([]);
  });

  test('settles, whatever function it is', async () => {
    const client = await phone.signedIn();
    const outcome = client.call('note', { action: 'read' });
    await settle();
    await phone.pass(LONG_MS);
    expect(await outcome).toMatchObject({ ok: false, code: 'NETWORK' });
  });
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

describe('a sign-in whose reply got lost', () => {
  const attempts = (): unknown[] => phone.named('login').map(({ data }) => data['attempt']);

  test('is the same attempt when it is repeated, by the phone or by the person', async () => {
    const client = phone.start();
    const first = client.login();
    await phone.offline('login');
    await first;
    const second = client.login();
    await phone.last('login').answer(refusal('INTERNAL'));
    await second;
    const third = client.login();
    await phone.last('login').answer(signedInAs('token-1'));
    await third;
    expect(new Set(attempts()).size).toBe(1);
    expect(attempts()).toHaveLength(5);
  });

  test('is the same attempt also when its repetition is refused, which says nothing of the first', async () => {
    const client = phone.start();
    const first = client.login();
    await phone.offline('login');
    await first;
    void client.login();
    await phone.last('login').answer(refusal('INVALID_INPUT', { field: 'code' }));
    void client.login();
    expect(new Set(attempts()).size).toBe(1);
  });

  test('is another attempt once it has succeeded', async () => {
    const client = await phone.signedIn();
    void client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    void client.login();
    expect(new Set(attempts()).size).toBe(3);
  });

  test('shows the token that the phone holds, for its place', async () => {
    const client = await phone.signedIn();
    void client.login();
    expect(phone.last('login').data).toMatchObject({ sessionToken: 'token-1' });
  });

  test('shows the token that it gave up and the cloud has yet to hear of: no other device loses its place', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    await phone.offline('logout');
    await logout;
    void client.login();
    expect(phone.last('login').data).toMatchObject({ sessionToken: 'token-1' });
  });

  test('too many of them are not repeated at once', async () => {
    const client = phone.start();
    const login = client.login();
    await phone.last('login').answer(refusal('TOO_MANY_ATTEMPTS', { retryAt: 1 }));
    expect(await login).toEqual({ status: 'signedOut', problem: 'TOO_MANY_ATTEMPTS' });
    expect(phone.calls).toHaveLength(1);
  });
});

describe('what fails around a session stops nothing', () => {
  test('a listener that throws', async () => {
    const client = phone.start();
    client.onChange(() => {
      throw new Error('a mistake of a page');
    });
    const seen: string[] = [];
    client.onChange(({ status }) => void seen.push(status));
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-1'));
    await login;
    void client.logout();
    expect(seen).toEqual(['signedOut', 'signedIn', 'signedOut']);
    expect(phone.last('logout').data).toMatchObject({ sessionToken: 'token-1' });
  });

  test('a device that cannot be read', async () => {
    phone.device = () => {
      throw new Error('getDeviceInfo:fail');
    };
    const client = phone.start();
    const login = client.login();
    expect(phone.last('login').data).toMatchObject({ device: { name: '', platform: '' } });
    await phone.last('login').answer(signedInAs('token-1'));
    expect(await login).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('nobody who could be asked, and an asking that fails', async () => {
    const client = phone.start();
    expect(await client.call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    phone.askToSignIn = () => Promise.reject(new Error('no page'));
    expect(await client.call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
  });

  test('waits are spread: phones that lost the same network do not come back at once', async () => {
    const spread = [];
    for (const random of [0, 0.5, 0.999]) {
      phone = new SessionPhone();
      phone.random = random;
      const client = phone.start();
      void client.login();
      await phone.offline('login');
      spread.push(phone.waits);
    }
    expect(new Set(spread.map(([first]) => first)).size).toBe(3);
    for (const [first = 0, second = 0] of spread) {
      expect(first).toBeGreaterThanOrEqual(150);
      expect(first).toBeLessThanOrEqual(300);
      expect(second).toBeGreaterThanOrEqual(450);
      expect(second).toBeLessThanOrEqual(900);
    }
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
    await phone.last('logout').answer({ ok: true, ended: 1 });
    expect((await login).status).toBe('signedOut');
  });
});

describe('what needs a sign-in of a moment ago', () => {
  const notFresh = refusal('SESSION_NOT_FRESH');

  test('asks for it, and carries on', async () => {
    const client = await phone.signedIn();
    const reasons: string[] = [];
    phone.askToSignIn = async (reason) => {
      reasons.push(reason);
      const login = client.login();
      await phone.last('login').answer(signedInAs('token-2'));
      return (await login).status === 'signedIn';
    };
    const outcome = client.call('account', { action: 'delete' });
    await settle();
    await phone.last('account').answer(notFresh);
    await settle();
    expect(phone.last('account').data).toEqual({ action: 'delete', sessionToken: 'token-2' });
    await phone.last('account').answer({ ok: true, deleted: true });
    expect(await outcome).toEqual({ ok: true, deleted: true });
    expect(reasons).toEqual(['again']);
  });

  test('is given up when the person does not want to, and their session stays', async () => {
    const client = await phone.signedIn();
    phone.askToSignIn = () => Promise.resolve(false);
    const outcome = client.call('account', { action: 'delete' });
    await settle();
    await phone.last('account').answer(notFresh);
    expect(await outcome).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('asks once: whoever is refused again is told', async () => {
    const client = await phone.signedIn();
    const ask = jest.fn(() => Promise.resolve(true));
    phone.askToSignIn = ask;
    const outcome = client.call('account', { action: 'delete' });
    for (let time = 0; time < 2; time++) {
      await settle();
      await phone.last('account').answer(notFresh);
    }
    expect(await outcome).toMatchObject({ code: 'SESSION_NOT_FRESH' });
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('a phone that lies on the table', () => {
  const HOUR_MS = 3_600_000;

  test('notices by itself that the session is over', async () => {
    const client = await phone.signedIn();
    await phone.pass(HOUR_MS - 1);
    expect(phone.named('session')).toHaveLength(0);
    await phone.pass(2_000);
    await phone.last('session').answer(refusal('SESSION_EXPIRED'));
    expect(client.state).toEqual({ status: 'signedOut', ended: { code: 'SESSION_EXPIRED' } });
  });

  test('believes the cloud, not its clock', async () => {
    const client = await phone.signedIn();
    phone.now += 30 * DAY_MS;
    const restarted = phone.start();
    expect(restarted.state.status).toBe('signedIn');
    await phone.pass(HOUR_MS);
    // Its clock is ahead: the session is good, and it is asked for again only now and then, answered or not.
    const asked = phone.named('session').length;
    expect(asked).toBeGreaterThanOrEqual(1);
    expect(asked).toBeLessThanOrEqual(6);
    await phone.last('session').answer({ ok: true, session: sessionOf('id') });
    await phone.pass(HOUR_MS);
    expect(phone.named('session').length).toBeGreaterThan(asked);
    expect(phone.named('session').length).toBeLessThanOrEqual(asked + 6);
    expect(client.state.status).toBe('signedIn');
  });

  test('watches a session for as long as it lasts, however long', async () => {
    phone.kept.set('session', {
      token: 'x',
      session: sessionOf('x', { expiresAt: phone.now + 30 * DAY_MS }),
    });
    phone.start();
    await phone.pass(30 * DAY_MS - 1);
    expect(phone.calls).toHaveLength(0);
    await phone.pass(2_000);
    expect(phone.named('session')).toHaveLength(1);
  });

  test('asks nothing for somebody who has signed out', async () => {
    const client = await phone.signedIn();
    void client.logout();
    await phone.last('logout').answer({ ok: true, ended: 1 });
    await phone.pass(2 * HOUR_MS);
    expect(phone.named('session')).toHaveLength(0);
  });

  test('asks when it is looked at, and not for every look', async () => {
    const client = await phone.signedIn();
    void client.refresh();
    expect(phone.named('session')).toHaveLength(0);
    phone.now += LONG_MS;
    void client.refresh();
    void client.refresh();
    expect(phone.named('session')).toHaveLength(1);
    await phone.last('session').answer(refusal('SESSION_REPLACED', { endedAt: 1 }));
    expect(client.state.status).toBe('signedOut');
  });

  test('tells the cloud what it has yet to hear when it is looked at', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    await phone.offline('logout');
    await logout;
    void client.refresh();
    await phone.last('logout').answer({ ok: true, ended: 1 });
    expect(phone.kept.size).toBe(0);
  });
});

describe('when the network returns', () => {
  test('its absence is forgotten at once, and the session is checked', async () => {
    const client = await phone.signedIn();
    const checked = client.check();
    await phone.offline('session');
    expect(await checked).toMatchObject({ problem: 'NETWORK' });
    void client.networkReturned();
    expect(client.state).not.toHaveProperty('problem');
    await phone.last('session').answer({ ok: true, session: sessionOf('id') });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id') });
  });

  test('a question that was lost with it is not waited for, and says nothing when it is given up', async () => {
    const client = await phone.signedIn();
    void client.check();
    void client.networkReturned();
    expect(phone.named('session')).toHaveLength(2);
    await phone.last('session').answer({ ok: true, session: sessionOf('id') });
    await phone.pass(LONG_MS);
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id') });
  });

  test('somebody who could not sign in is not told any more that there is none', async () => {
    const client = phone.start();
    const login = client.login();
    await phone.offline('login');
    await login;
    expect(client.state).toMatchObject({ problem: 'NETWORK' });
    await client.networkReturned();
    expect(client.state).toEqual({ status: 'signedOut' });
  });

  test('sign-outs that met the lost network are sent again', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    const returned = client.networkReturned();
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });
    await phone.last('logout').answer({ ok: true, ended: 1 });
    await returned;
    expect(phone.kept.size).toBe(0);
  });

  test('an answer that the cloud gave before counts, also when another question is under way', async () => {
    const client = await phone.signedIn();
    void client.check();
    const [first] = phone.named('session');
    void client.networkReturned();
    await first?.answer(refusal('SESSION_REVOKED', { endedAt: 1 }));
    expect(client.state.status).toBe('signedOut');
    await phone.last('session').fail(OFFLINE);
    expect(client.state).not.toHaveProperty('problem');
  });
});
