/** A network that is lost, slow, or back. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ENDED, OFFLINE, refusal, sessionOf, SessionPhone, settle } from '../support/session-phone';

const LONG_MS = 60_000;
const GIVEN_UP_MS = 15_000;

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
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
    await phone.last('logout').answer(ENDED);
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
