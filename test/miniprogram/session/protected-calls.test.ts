/**
 * Calls of protected functions: who has to sign in first, or again, and what becomes of the call.
 */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { PHONE } from '../../support/people';
import { AT } from '../../support/sessions';
import {
  OFFLINE,
  type PhoneClient,
  refusal,
  sessionOf,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

const missing = refusal('SESSION_MISSING');
const replaced = refusal('SESSION_REPLACED', { endedAt: AT, device: PHONE });

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

describe('a call in the name of the session', () => {
  const call = async (
    client: PhoneClient,
    data: Record<string, unknown> = {},
    idempotent = false,
  ) => {
    const outcome = client.call('note', data, { idempotent });
    await settle();
    return { outcome };
  };

  test('carries the token and returns the answer', async () => {
    const { outcome } = await call(await phone.signedIn(), { action: 'read' });
    expect(phone.last('note').data).toEqual({ action: 'read', sessionToken: 'token-1' });
    await phone.last('note').answer({ ok: true, note: 'hello' });
    expect(await outcome).toEqual({ ok: true, note: 'hello' });
  });

  test('cannot send another token than the one that is held', async () => {
    await call(await phone.signedIn(), { sessionToken: 'other' });
    expect(phone.last('note').data).toEqual({ sessionToken: 'token-1' });
  });

  test('that meets the end of the session signs out', async () => {
    const client = await phone.signedIn();
    const { outcome } = await call(client);
    await phone.last('note').answer(replaced);
    expect(await outcome).toMatchObject(replaced);
    expect(client.state).toMatchObject({
      status: 'signedOut',
      ended: { code: 'SESSION_REPLACED' },
    });
  });

  test.each([
    { ...missing, detail: { field: 'sessionId' } },
    { ok: false, code: 'INVALID_INPUT', message: '', retryable: false, detail: { field: 'text' } },
  ])('that is refused for what it sent leaves the session alone: %j', async (refusal) => {
    const client = await phone.signedIn();
    const { outcome } = await call(client, { action: 'revoke', sessionId: 'x' }, true);
    await phone.last('note').answer(refusal);
    expect(await outcome).toEqual(refusal);
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('is not repeated when it gets no answer, unless it may be', async () => {
    const client = await phone.signedIn();
    const once = await call(client);
    await phone.last('note').fail(OFFLINE);
    expect(await once.outcome).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(phone.named('note')).toHaveLength(1);
    expect(client.state.status).toBe('signedIn');

    const repeated = await call(client, {}, true);
    await phone.last('note').fail(OFFLINE);
    await phone.last('note').answer({ ok: true, note: 'hello' });
    expect(await repeated.outcome).toMatchObject({ ok: true });
  });
});

describe('somebody who is not signed in', () => {
  /** A person who is asked to sign in, and does or does not. */
  function askWith(client: PhoneClient, wants: boolean): { times: () => number } {
    let times = 0;
    phone.askToSignIn = async () => {
      times += 1;
      return wants && (await client.login()).status === 'signedIn';
    };
    return { times: () => times };
  }

  test('is asked when something needs it, and it is carried out then', async () => {
    const client = phone.start();
    const asked = askWith(client, true);
    const outcome = client.call('note', { action: 'read' });
    await settle();
    await phone.last('login').answer(signedInAs('token-1'));
    expect(phone.last('note').data).toEqual({ action: 'read', sessionToken: 'token-1' });
    await phone.last('note').answer({ ok: true });
    expect(await outcome).toEqual({ ok: true });
    expect(asked.times()).toBe(1);
  });

  test('can decline, and nothing was called', async () => {
    const client = phone.start();
    askWith(client, false);
    expect(await client.call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(phone.calls).toEqual([]);
  });

  test('is not asked when nobody can ask', async () => {
    expect(await phone.start().call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
  });

  test('is asked once, and signs in once, however many calls meet the end of the session', async () => {
    const client = await phone.signedIn('token-1');
    const asked = askWith(client, true);
    const outcomes = [1, 2, 3, 4].map((n) => client.call('note', { n }, { idempotent: true }));
    await settle();
    const met = phone.named('note');
    expect(met).toHaveLength(4);
    for (const { answer } of met.slice(0, 3)) await answer(replaced);
    await phone.last('login').answer(signedInAs('token-2'));
    // The last refusal comes when somebody is signed in again already.
    await met[3]?.answer(replaced);
    const resumed = phone.calls.filter(
      ({ name, data }) => name === 'note' && data['sessionToken'] === 'token-2',
    );
    expect(resumed.map(({ data }) => data['n']).sort()).toEqual([1, 2, 3, 4]);
    for (const { answer } of resumed) await answer({ ok: true });
    expect(await Promise.all(outcomes)).toEqual([
      { ok: true },
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
    expect(asked.times()).toBe(1);
    expect(phone.named('login')).toHaveLength(2);
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-2') });
  });

  test('is not carried on by itself in another account than it was begun in', async () => {
    const client = await phone.signedIn('token-1');
    askWith(client, true);
    const outcome = client.call('note', {}, { idempotent: true });
    await settle();
    await phone.last('note').answer(replaced);
    const session = sessionOf('id-of-token-2', { account: 'of-somebody-else' });
    await phone.last('login').answer({ ok: true, sessionToken: 'token-2', session });
    const refused = await outcome;
    expect(refused).toMatchObject({ ok: false, code: 'SESSION_REPLACED' });
    expect(phone.named('note')).toHaveLength(1);
    // Unless the person wants it there.
    if ('resume' in refused) void refused.resume();
    await settle();
    expect(phone.last('note').data).toEqual({ sessionToken: 'token-2' });
  });

  test('may resume a call that is not safe to repeat; it is not repeated by itself', async () => {
    const client = await phone.signedIn('token-1');
    const asked = askWith(client, true);
    const outcome = client.call('pay', {});
    await settle();
    await phone.last('pay').answer(replaced);
    const refused = await outcome;
    expect(refused).toMatchObject({ ok: false, code: 'SESSION_REPLACED' });
    expect(asked.times()).toBe(0);

    const resumed = 'resume' in refused ? refused.resume() : undefined;
    await settle();
    await phone.last('login').answer(signedInAs('token-2'));
    expect(phone.last('pay').data).toEqual({ sessionToken: 'token-2' });
    await phone.last('pay').answer({ ok: true });
    expect(await resumed).toEqual({ ok: true });
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
