/** Sign-ins whose reply is lost, or comes when nobody waits for it any more. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AT } from '../../support/sessions';
import { ENDED, refusal, sessionOf, SessionPhone, signedInAs } from '../support/session-phone';

const GIVEN_UP_MS = 15_000;

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
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
    expect(await login).toEqual({
      status: 'signedOut',
      problem: 'TOO_MANY_ATTEMPTS',
      problemDetail: { retryAt: 1 },
    });
    expect(phone.calls).toHaveLength(1);
  });
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
    await phone.last('logout').answer(ENDED);
    expect(phone.kept.size).toBe(0);
  });

  test('is taken in the place of the session that it was to renew', async () => {
    const { client, late } = await givenUp(await phone.signedIn('place.one'));
    await late.answer(issuedLater('place.late', 1_000));
    expect(client.state).toMatchObject({ session: { id: 'id-of-place.late' } });
    expect(phone.start().state.status).toBe('signedIn');
    expect([...phone.kept.keys()]).toEqual(['session']);
  });

  test('is taken in the place of its own repetition, when it was carried out after that', async () => {
    const { client, late } = await givenUp();
    void client.login();
    await phone.last('login').answer(issuedLater('place.two', 1_000));
    await late.answer(issuedLater('place.late', 2_000));
    expect(client.state).toMatchObject({ session: { id: 'id-of-place.late' } });
    expect(phone.named('logout')).toEqual([]);
  });

  test('is ended when it led to another place, maybe of another account: nobody changes over by itself', async () => {
    const { client, late } = await givenUp();
    void client.login({ kind: 'phone', code: 'code' });
    await phone.last('login-phone').answer(issuedLater('mine.two', 1_000));
    await late.answer(issuedLater('other.late', 2_000));
    expect(client.state).toMatchObject({ session: { id: 'id-of-mine.two' } });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'other.late', scope: 'this' });
  });

  test('is ended when the person has signed out since', async () => {
    const { client, late } = await givenUp();
    void client.logout();
    await late.answer(signedInAs('late'));
    expect(client.state).toEqual({ status: 'signedOut' });
    expect(phone.last('logout').data).toEqual({ sessionToken: 'late', scope: 'this' });
    await phone.last('logout').answer(ENDED);
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
