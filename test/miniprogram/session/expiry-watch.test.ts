/** When a phone notices by itself, or at a look, that its session is over. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ENDED, refusal, sessionOf, SessionPhone } from '../support/session-phone';

const LONG_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
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
    // Its clock is ahead: the session is good, and it is asked for again only now and then,
    // answered or not.
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
    await phone.last('logout').answer(ENDED);
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
    await phone.last('logout').answer(ENDED);
    expect(phone.kept.size).toBe(0);
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
