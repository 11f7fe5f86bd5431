import { beforeEach, describe, expect, test } from '@jest/globals';
import { functionEntry } from '../../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { StoreUnavailableError } from '../../../../cloudfunctions/shared/session/session-store';
import {
  withSession,
  type ProtectedCall,
  type ProtectedEnvironment,
} from '../../../../cloudfunctions/shared/session/with-session';
import { countingSessionStore } from '../../../support/counting-session-store';
import { memorySessionStore } from '../../../support/memory-session-store';
import { LIN, LIN_ACCOUNT, PHONE } from '../../../support/people';
import { AT } from '../../../support/sessions';

let store: ReturnType<typeof countingSessionStore>;
let logs: string[];
let now: number;
let sessionToken: string;
let calls: ProtectedCall[];
let whileSignedIn: ProtectedEnvironment['whileSignedIn'];

const environment = (): ProtectedEnvironment => ({
  getWXContext: () => ({ OPENID: LIN.openid, APPID: LIN.appid, UNIONID: 'u', SOURCE: 'wx_client' }),
  store,
  policy: defaultPolicy,
  now: () => new Date(now),
  log: (line) => void logs.push(line),
  whileSignedIn,
});
const lastLine = () => JSON.parse(logs.at(-1) ?? 'null') as Record<string, unknown>;

const greet = (): ReturnType<typeof withSession> =>
  withSession(
    'greet',
    (call) => {
      calls.push(call);
      return Promise.resolve({ ok: true, greeting: 'hello' });
    },
    { environment: environment() },
  );

beforeEach(async () => {
  store = countingSessionStore(memorySessionStore({ now: () => now }));
  logs = [];
  now = AT;
  calls = [];
  whileSignedIn = () => Promise.resolve(true);
  const reply = await functionEntry('login', environment(), loginAction)({ device: PHONE });
  if (!reply.ok) throw new Error(reply.code);
  ({ sessionToken } = reply);
  store.operations.length = 0;
});

describe('a protected function', () => {
  test('runs for a person who is signed in, and is told who and with which session', async () => {
    const data = { amount: 3, nested: { deep: true } };
    expect(await greet()({ ...data, sessionToken })).toEqual({ ok: true, greeting: 'hello' });
    expect(calls).toEqual([
      {
        data,
        account: LIN_ACCOUNT,
        caller: { ...LIN, unionid: 'u' },
        session: expect.objectContaining({ device: PHONE, current: true, createdAt: AT }),
        now: new Date(AT),
        whileSignedIn: expect.any(Function),
        report: expect.any(Function),
      },
    ]);
    expect(lastLine()).toMatchObject({ event: 'greet', outcome: 'ok' });
  });

  test('may write while the session is good, and learns why it was not', async () => {
    const outcomes: unknown[] = [];
    const main = withSession(
      'greet',
      async (call) => {
        outcomes.push(await call.whileSignedIn(() => Promise.resolve()));
        return { ok: true };
      },
      { environment: environment() },
    );
    await main({ sessionToken });
    whileSignedIn = async ({ id, tokenHash }) => {
      await store.remove(id, tokenHash);
      return false;
    };
    const ended = withSession('greet', (call) => call.whileSignedIn(() => Promise.resolve()), {
      environment: environment(),
    });
    expect(await ended({ sessionToken })).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    expect(outcomes).toEqual([{ ok: true }]);
  });

  test('never hands the token on', async () => {
    await greet()({ sessionToken });
    expect(JSON.stringify(calls)).not.toContain(sessionToken.split('.')[1]);
  });

  test.each([
    ['no token', {}, 'INVALID_INPUT'],
    ['no data', null, 'INVALID_INPUT'],
    ['an operator as token', { sessionToken: { $ne: null } }, 'INVALID_INPUT'],
    [
      'a token that nobody has',
      { sessionToken: `${'x'.repeat(43)}.${'y'.repeat(43)}` },
      'SESSION_MISSING',
    ],
  ])('does not run for %s', async (_, event, code) => {
    expect(await greet()(event)).toMatchObject({ ok: false, code });
    expect(calls).toEqual([]);
  });

  test('does not run once the session has expired, and renews it while it is used', async () => {
    now += defaultPolicy.renewAfterMs;
    await greet()({ sessionToken });
    expect(store.operations).toEqual(['find', 'renew']);
    expect(calls[0]?.session).toMatchObject({
      renewedAt: now,
      expiresAt: now + defaultPolicy.idleLifetimeMs,
    });
    now += defaultPolicy.idleLifetimeMs;
    expect(await greet()({ sessionToken })).toMatchObject({ code: 'SESSION_EXPIRED' });
    expect(calls).toHaveLength(1);
  });

  test('that throws is INTERNAL, and one whose platform call fails is UNAVAILABLE', async () => {
    const failing = (error: unknown) =>
      withSession('greet', () => Promise.reject(error), { environment: environment() })({
        sessionToken,
      });
    expect(await failing(new Error('bug'))).toMatchObject({ code: 'INTERNAL' });
    expect(lastLine()).toMatchObject({ outcome: 'failed', error: expect.stringContaining('bug') });
    expect(await failing({ errCode: -502005, errMsg: 'no collection' })).toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(lastLine()).toMatchObject({ outcome: 'failed', error: 'no collection' });
    expect(await failing('text')).toMatchObject({ code: 'INTERNAL' });
    expect(await failing(null)).toMatchObject({ code: 'INTERNAL' });
  });
});

describe('a renewal', () => {
  beforeEach(() => {
    now += defaultPolicy.renewAfterMs;
  });

  test('that fails keeps the person in, and is in the log', async () => {
    store = countingSessionStore({
      ...store,
      renew: () => Promise.reject(new StoreUnavailableError('renew', new Error('quota'))),
    });
    expect(await greet()({ sessionToken })).toMatchObject({ ok: true });
    expect(calls[0]?.session).toMatchObject({ renewedAt: AT });
    expect(lastLine()).toMatchObject({
      outcome: 'ok',
      error: 'the session store failed to renew: quota',
    });
  });

  test('that fails for a bug is a bug', async () => {
    store = countingSessionStore({ ...store, renew: () => Promise.reject(new TypeError('bug')) });
    expect(await greet()({ sessionToken })).toMatchObject({ code: 'INTERNAL' });
    expect(calls).toEqual([]);
  });

  test('that finds the session gone refuses, and says why', async () => {
    const { find, remove } = store;
    store = countingSessionStore({
      ...store,
      renew: async (id, tokenHash) => {
        await remove(id, tokenHash);
        return false;
      },
      find,
    });
    expect(await greet()({ sessionToken })).toMatchObject({ code: 'SESSION_MISSING' });
    expect(store.operations).toEqual(['find', 'renew', 'find']);
    expect(calls).toEqual([]);
  });
});
