import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { keyOf } from '../../../scripts/web-sign-in/keep';
import {
  signInByPhone,
  token,
  type ShownCode,
  type SignInOutcome,
} from '../../../scripts/web-sign-in';
import {
  accessToken,
  answer,
  code,
  error,
  openPage,
  PLACE,
  proxyPage,
  TOKEN,
  URI,
  type Gateway,
} from './page';

let page: ReturnType<typeof openPage>;
let shown: ShownCode[];

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-01-05T08:00:00Z') });
  page = openPage();
  shown = [];
});

afterEach(() => {
  jest.useRealTimers();
});

/** Answers a request for a code, and to the polls what is given, the last one again and again. */
const polls = (...answers: (() => Response | Error)[]): Gateway => {
  let count = 0;
  return ({ path }) => {
    if (path === 'device_authorization') return code();
    return (answers[Math.min(count++, answers.length - 1)] ?? (() => new Error()))();
  };
};
const pending = () => error('authorization_pending');
const pollTimes = () =>
  page.asked.filter(({ path }) => path === 'token').map(({ atMs }) => Math.round(atMs / 1_000));

function begin(signal?: AbortSignal) {
  const state: { outcome?: SignInOutcome; error?: unknown } = {};
  const startedAt = Math.round(performance.now() / 1_000);
  const done = signInByPhone({
    ...PLACE,
    show: (one) => shown.push(one),
    ...(signal && { signal }),
  }).then(
    (outcome) => void (state.outcome = outcome),
    (cause: unknown) => void (state.error = cause),
  );
  return { state, done, polledAt: () => pollTimes().map((at) => at - startedAt) };
}

describe('a code', () => {
  test('is shown with a QR code, and polled for until it is approved', async () => {
    page.answers(polls(pending, accessToken));
    const { state, polledAt } = begin();
    await page.pass(0);
    expect(shown).toMatchObject([
      { userCode: 'BCDF-GHJK', uri: URI, expiresAt: Date.parse('2026-01-05T08:05:00Z') },
    ]);
    expect(shown[0]?.qr).toMatch(/^<svg.*#fff/);
    await page.pass(10);
    expect(state.outcome).toEqual({ state: 'signed-in' });
    expect(polledAt()).toEqual([5, 10]);
    expect(page.asked[1]?.form).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'the-device-code',
      client_id: 'shop',
    });
    expect(token(PLACE)).toBe(TOKEN);
    expect([...page.kept.values()]).toEqual([TOKEN]);
  });

  test('that is approved ends the session that the page was signed in with before', async () => {
    const old = `${'o'.repeat(43)}.${'p'.repeat(43)}`;
    page.kept.set(keyOf(PLACE), old);
    page.answers(({ path }) => {
      if (path === 'device_authorization') return code();
      return path === 'token' ? accessToken() : answer(200, { ended: 1 });
    });
    const { state } = begin();
    await page.pass(5);
    expect(state.outcome).toEqual({ state: 'signed-in' });
    expect(page.asked.at(-1)).toMatchObject({ path: 'logout', authorization: `Bearer ${old}` });
    expect([...page.kept.values()]).toEqual([TOKEN]);
  });

  test('is polled for less often for good when the gateway says so', async () => {
    page.answers(polls(() => error('slow_down'), pending));
    const { polledAt } = begin();
    await page.pass(31);
    expect(polledAt()).toEqual([5, 15, 25]);
    page.answers(polls(accessToken));
    await page.pass(20);
  });

  test('that is refused ends it', async () => {
    page.answers(polls(() => error('access_denied')));
    const { state } = begin();
    await page.pass(5);
    expect(state.outcome).toEqual({ state: 'denied' });
    expect(token(PLACE)).toBeUndefined();
  });

  test.each(['expired_token', 'invalid_grant'])('is replaced at %s', async (word) => {
    page.answers(polls(() => error(word), accessToken));
    const { state } = begin();
    await page.pass(10);
    expect(shown).toHaveLength(2);
    expect(state.outcome).toEqual({ state: 'signed-in' });
  });

  test('is replaced when its time is over, and three times at most', async () => {
    page.answers(polls(pending));
    const { state } = begin();
    await page.pass(299);
    expect(shown).toHaveLength(1);
    await page.pass(1);
    expect(shown).toHaveLength(2);
    await page.pass(600);
    expect(shown).toHaveLength(3);
    expect(state.outcome).toEqual({ state: 'expired' });
  });

  test.each([
    ['no network', () => new Error('offline')],
    ['the page of a proxy', () => proxyPage(200)],
    ['a failure', () => proxyPage(502)],
    ['too many', () => answer(429, { error: 'temporarily_unavailable' })],
  ])('is still polled for after %s', async (_, failure) => {
    page.answers(polls(failure, failure, accessToken));
    const { state, polledAt } = begin();
    await page.pass(35);
    expect(polledAt()).toEqual([5, 15, 35]);
    expect(state.outcome).toEqual({ state: 'signed-in' });
    expect(shown).toHaveLength(1);
  });

  test('is asked about once more when it is over: somebody may have approved at the last', async () => {
    const { state, polledAt } = begin();
    // The network is away for the last minutes.
    page.answers(({ path, atMs }) => {
      if (path === 'device_authorization') return code();
      return atMs - startedAtMs < 300_000 ? new Error('offline') : accessToken();
    });
    const startedAtMs = performance.now();
    await jest.advanceTimersByTimeAsync(301_000);
    expect(state.outcome).toEqual({ state: 'signed-in' });
    expect(polledAt().at(-1)).toBe(300);
    expect(shown).toHaveLength(1);
  });

  test('is not polled for before the gateway wants it', async () => {
    page.answers(polls(() => answer(503, {}, { 'Retry-After': '40' }), accessToken));
    const { polledAt } = begin();
    await page.pass(45);
    expect(polledAt()).toEqual([5, 45]);
  });

  test('lasts as long as it lasts when the clock is set meanwhile', async () => {
    page.answers(polls(pending, accessToken));
    const { state } = begin();
    await page.pass(1);
    jest.setSystemTime(new Date('2030-01-01T00:00:00Z'));
    await page.pass(9);
    expect(state.outcome).toEqual({ state: 'signed-in' });
    expect(shown).toHaveLength(1);
  });
});

describe('a page', () => {
  test('that is hidden does not poll, and polls at once when it is shown again', async () => {
    page.answers(polls(accessToken));
    const { state, polledAt } = begin();
    await page.pass(1);
    page.show('hidden');
    await page.pass(60);
    expect(polledAt()).toEqual([]);
    page.show('visible');
    await page.pass(0);
    expect(polledAt()).toEqual([61]);
    expect(state.outcome).toEqual({ state: 'signed-in' });
  });

  test('that gives up polls no more', async () => {
    page.answers(polls(pending));
    const leaving = new AbortController();
    const { state, polledAt } = begin(leaving.signal);
    await page.pass(7);
    leaving.abort();
    await page.pass(60);
    expect(state.error).toMatchObject({ name: 'AbortError' });
    expect(polledAt()).toEqual([5]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that gives up while it is let in ends what it was let into', async () => {
    let letIn = (): void => undefined;
    page.answers(({ path }) => {
      if (path === 'device_authorization') return code();
      if (path === 'logout') return answer(200, { ended: 1 });
      return new Promise((resolve) => {
        letIn = () => {
          resolve(accessToken());
        };
      });
    });
    const leaving = new AbortController();
    const { state } = begin(leaving.signal);
    await page.pass(5);
    leaving.abort();
    await page.pass(0);
    expect(state.error).toMatchObject({ name: 'AbortError' });
    letIn();
    await page.pass(0);
    expect(token(PLACE)).toBeUndefined();
    expect(page.asked.at(-1)).toMatchObject({ path: 'logout', authorization: `Bearer ${TOKEN}` });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('is told the reason for which it gave up, of whatever kind it is', async () => {
    page.answers(polls(pending));
    for (const reason of ['left', { name: 'TimeoutError' }, null]) {
      const leaving = new AbortController();
      const { state } = begin(leaving.signal);
      await page.pass(2);
      leaving.abort(reason);
      await page.pass(0);
      expect(state.error).toBe(reason);
    }
  });

  test('signs in once at a time', async () => {
    page.answers(polls(accessToken));
    const first = begin();
    const second = begin();
    await page.pass(5);
    expect(second.state.error).toMatchObject({ name: 'InvalidStateError' });
    expect(first.state.outcome).toEqual({ state: 'signed-in' });
  });

  test('makes room for the next at once when it is given up', async () => {
    page.answers(polls(pending, accessToken));
    const early = new AbortController();
    const first = begin(early.signal);
    early.abort();
    const late = new AbortController();
    const second = begin(late.signal);
    await page.pass(7);
    late.abort();
    const third = begin();
    const fourth = begin();
    await page.pass(5);
    for (const { state } of [first, second])
      expect(state.error).toMatchObject({ name: 'AbortError' });
    expect(third.state.outcome).toEqual({ state: 'signed-in' });
    expect(fourth.state.error).toMatchObject({ name: 'InvalidStateError' });
    expect(shown).toHaveLength(2);
    expect(page.paths().filter((path) => path === 'device_authorization')).toHaveLength(2);
  });

  test('learns that the gateway cannot be reached', async () => {
    page.answers(() => proxyPage(200));
    const { state } = begin();
    await page.pass(0);
    expect(state.outcome).toEqual({ state: 'unreachable' });
  });

  test('learns that its site is unknown', async () => {
    page.answers(() => error('invalid_client'));
    const { state } = begin();
    await page.pass(0);
    expect(state.outcome).toEqual({ state: 'refused', error: 'invalid_client' });
  });
});
