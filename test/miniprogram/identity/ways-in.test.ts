import { beforeEach, describe, expect, test } from '@jest/globals';
import { createWaysIn, type WaysIn, type WaysInState } from '../../../miniprogram/identity/ways-in';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { AT } from '../../support/sessions';
import { refusal, sessionOf, settle } from '../support/session-phone';

const WECHAT = { id: 'w', kind: 'wechat', label: '', createdAt: AT, current: true };
const NUMBER = { id: 'p', kind: 'phone', label: '138****5678', createdAt: AT, current: false };
const LOST = { ok: false, code: 'NETWORK', retryable: true };
const signedIn = (id: string): SessionState => ({ status: 'signedIn', session: sessionOf(id) });

interface Asked {
  data: { action: string };
  options: { idempotent?: boolean } | undefined;
  answer: (answer: object) => Promise<void>;
}

let asked: Asked[];
let answers: Record<string, object>;
let sessionNow: SessionState;
let checks: number;
let shown: WaysInState[];
let ways: WaysIn;

beforeEach(() => {
  asked = [];
  answers = {
    list: { ok: true, identities: [WECHAT] },
    history: refusal('NOT_OFFERED'),
  };
  sessionNow = signedIn('one');
  checks = 0;
  shown = [];
  const client = {
    call: (_name: string, data: { action: string }, options?: { idempotent?: boolean }) =>
      new Promise((resolve) => {
        asked.push({
          data,
          options,
          answer: (answer) => {
            resolve(answer);
            return settle();
          },
        });
        const known = answers[data.action];
        if (known !== undefined) resolve(known);
      }),
    check: () => {
      checks += 1;
      return Promise.resolve(sessionNow);
    },
    forget: () => {
      sessionNow = { status: 'signedOut' };
    },
  };
  ways = createWaysIn(client as never, (state) => shown.push(state));
});

const last = (action: string): Asked => {
  const call = asked.at(-1);
  if (call?.data.action !== action)
    throw new Error(`the last call is ${String(call?.data.action)}`);
  return call;
};
const listed = (): string[] =>
  ways.state.status === 'loaded' ? ways.state.identities.map(({ id }) => id) : [];
const timesListed = (): number => asked.filter(({ data }) => data.action === 'list').length;

describe('the ways in', () => {
  test('are read for whoever signs in, and gone when they sign out', async () => {
    expect(ways.state).toEqual({ status: 'signedOut' });
    await ways.follow(sessionNow);
    expect(ways.state).toEqual({
      status: 'loaded',
      identities: [WECHAT],
      signIns: undefined,
      busy: false,
    });
    await ways.follow({ status: 'signedOut' });
    expect(ways.state).toEqual({ status: 'signedOut' });
  });

  test('that cannot be read say so, and are read again on demand', async () => {
    answers['list'] = LOST;
    await ways.follow(sessionNow);
    expect(ways.state.status).toBe('failed');
    answers['list'] = { ok: true, identities: [NUMBER] };
    await ways.reload();
    expect(listed()).toEqual(['p']);
  });

  const record = { at: AT, kind: 'phone', device: { name: 'x', platform: 'ios' } };
  test.each([
    [{ ok: true, signIns: [record] }, [record]],
    [{ ok: true, signIns: [] }, []],
    [refusal('NOT_OFFERED'), undefined],
    [LOST, 'failed'],
    [refusal('INTERNAL'), 'failed'],
  ])('come with the record of sign-ins: %j', async (answer, expected) => {
    answers['history'] = answer;
    await ways.follow(sessionNow);
    expect(ways.state).toMatchObject({ status: 'loaded', identities: [WECHAT] });
    expect('signIns' in ways.state && ways.state.signIns).toEqual(expected);
  });
});

describe('a change of the ways in', () => {
  beforeEach(() => ways.follow(sessionNow));

  test.each([
    [() => ways.linkPhone('code-1'), { action: 'link-phone', code: 'code-1' }],
    [() => ways.linkWeChat(), { action: 'link-wechat' }],
    [() => ways.unlink('p'), { action: 'unlink', identityId: 'p' }],
  ])('is asked for once, and the list read again: %s', async (run, data) => {
    const done = run();
    expect([last(data.action).data, last(data.action).options]).toEqual([data, undefined]);
    expect(ways.state).toMatchObject({ busy: true });
    answers['list'] = { ok: true, identities: [NUMBER] };
    await last(data.action).answer({ ok: true, ended: 0 });
    expect(await done).toMatchObject({ ok: true });
    expect([listed(), 'busy' in ways.state && ways.state.busy]).toEqual([['p'], false]);
  });

  test.each([
    LOST,
    refusal('IDENTITY_TAKEN'),
    refusal('UNAVAILABLE'),
    { ok: false, code: 'SIGN_IN_DECLINED' },
  ])('that is not known to be done is read from the list, and not guessed: %j', async (answer) => {
    const done = ways.linkPhone('code-1');
    answers['list'] = { ok: true, identities: [WECHAT, NUMBER] };
    await last('link-phone').answer(answer);
    expect(await done).toEqual(answer);
    expect(listed()).toEqual(['w', 'p']);
  });

  test('is one at a time, also when another sign-in has the list read meanwhile', async () => {
    const done = ways.linkPhone('code-1');
    const first = last('link-phone');
    await ways.follow(signedIn('two'));
    expect(ways.state).toMatchObject({ status: 'loaded', busy: true });
    expect(await ways.unlink('w')).toBeUndefined();
    await first.answer({ ok: true });
    await done;
    expect(ways.state).toMatchObject({ busy: false });
  });

  test('is not begun before the list is there', async () => {
    await ways.follow({ status: 'signedOut' });
    expect(await ways.linkWeChat()).toBeUndefined();
    expect(asked.map(({ data }) => data.action)).not.toContain('link-wechat');
  });
});

describe('unlinking', () => {
  beforeEach(() => ways.follow(sessionNow));

  test('the way by which this phone came in signs it out, as something that they did here', async () => {
    const done = ways.unlink('w');
    sessionNow = { status: 'signedOut', ended: { code: 'SESSION_REVOKED' } };
    await last('unlink').answer({ ok: true, ended: 1 });
    expect(await done).toMatchObject({ ok: true });
    expect(sessionNow).toEqual({ status: 'signedOut' });
  });

  test('a way by which others came in leaves this phone signed in', async () => {
    const done = ways.unlink('p');
    await last('unlink').answer({ ok: true, ended: 2 });
    await done;
    expect([checks, sessionNow.status, timesListed()]).toEqual([1, 'signedIn', 2]);
  });

  test.each([{ ok: true, ended: 0 }, refusal('LAST_IDENTITY'), LOST])(
    'asks nothing about the session when none has ended: %j',
    async (answer) => {
      const done = ways.unlink('p');
      await last('unlink').answer(answer);
      await done;
      expect(checks).toBe(0);
    },
  );
});
