/** Who signs in while the account is deleted, by another way in: what they have linked is theirs. */
import { expect, test } from '@jest/globals';
import { accountAction } from '../../../cloudfunctions/account/account-action';
import { freshWithinMs, identityAction } from '../../../cloudfunctions/identity/identity-action';
import type { PersonalData } from '../../../cloudfunctions/shared/personal-data/personal-data';
import { functionEntry } from '../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../cloudfunctions/shared/session/login-action';
import type { MayLogIn } from '../../../cloudfunctions/shared/session/may-log-in';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import type { Session } from '../../../cloudfunctions/shared/session/session';
import type { SessionId } from '../../../cloudfunctions/shared/session/session-token';
import { withOpenSession } from '../../../cloudfunctions/shared/session/with-session';
import type { IdentityId, StoredIdentity } from '../../../cloudfunctions/shared/identity/identity';
import {
  memoryAttemptStore,
  memoryIdentityStore,
  memoryWhileSignedIn,
} from '../../support/memory-identity-store';
import { loginPasswordAction } from '../../../cloudfunctions/shared/ways-in/login-by-password';
import { memorySessionStore } from '../../support/memory-session-store';
import { LIN, LIN_ACCOUNT, wxContextOf } from '../../support/people';
import { PASSWORD } from '../../support/several-ways-in';
import { AT } from '../../support/sessions';

function world(options: { mayLogIn?: MayLogIn } = {}) {
  const sessions = new Map<SessionId, Session>();
  const identities = new Map<IdentityId, StoredIdentity>();
  const environment = {
    getWXContext: () => wxContextOf(LIN),
    store: memorySessionStore({ sessions }),
    identities: memoryIdentityStore(identities),
    whileSignedIn: memoryWhileSignedIn(sessions),
    policy: {
      ...defaultPolicy,
      sessionsPerUser: 4,
      signInMethods: ['wechat', 'phone', 'password'] as const,
    },
    now: () => new Date(AT),
    log: () => undefined,
    ...options,
  };
  const dependencies = {
    identityKey: 'k'.repeat(40),
    readPhoneNumber: () => Promise.resolve({ e164: '+8613800005678', label: '138****5678' }),
  };
  const attempts = memoryAttemptStore();
  const identity = withOpenSession(
    'identity',
    (call, opened) => identityAction(call, opened, dependencies),
    { environment, freshWithinMs },
  );
  return {
    sessions,
    identities,
    environment,
    login: functionEntry('login', environment, loginAction),
    passwordLogin: functionEntry('login-password', environment, (call) =>
      loginPasswordAction({ ...call, event: { name: 'lin', password: PASSWORD } }, { attempts }),
    ),
    identity,
    async signIn(): Promise<string> {
      const reply = await functionEntry('login', environment, loginAction)({});
      if (!reply.ok) throw new Error(reply.code);
      return reply.sessionToken;
    },
  };
}

test.each([0, 1])(
  'what is linked in a sign-in during removal %i of a deletion stays, and what was before goes',
  async (during) => {
    const { sessions, identities, environment, signIn, identity } = world();
    const sessionToken = await signIn();
    await identity({ action: 'set-password', sessionToken, name: 'lin', password: PASSWORD });
    let removals = 0;
    let since = '';
    const kept: PersonalData = {
      async removeAll() {
        if (removals++ === during) {
          since = await signIn();
          const link = { action: 'link-phone', sessionToken: since, code: 'code' };
          expect(await identity(link)).toMatchObject({ ok: true });
        }
        return { filesLeft: 0 };
      },
    };
    const remove = functionEntry('account', environment, (call) => accountAction(call, [kept]));
    expect(await remove({ action: 'delete', sessionToken })).toMatchObject({ ok: true });
    expect(sessions.size).toBe(1);
    expect([...identities.values()].map(({ kind }) => kind).sort()).toEqual(['phone', 'wechat']);
    expect([...identities.values()].every(({ account }) => account === LIN_ACCOUNT)).toBe(true);
    expect(await identity({ action: 'list', sessionToken: since })).toMatchObject({
      identities: [{ kind: 'wechat' }, { kind: 'phone' }],
    });
  },
);

test('who came in meanwhile by a way in that the deletion removes is signed out by it', async () => {
  const { sessions, identities, environment, signIn, identity, passwordLogin } = world();
  const sessionToken = await signIn();
  await identity({ action: 'set-password', sessionToken, name: 'lin', password: PASSWORD });
  let removals = 0;
  const kept: PersonalData = {
    async removeAll() {
      if (removals++ === 0) expect(await passwordLogin({})).toMatchObject({ ok: true });
      return { filesLeft: 0 };
    },
  };
  const remove = functionEntry('account', environment, (call) => accountAction(call, [kept]));
  expect(await remove({ action: 'delete', sessionToken })).toMatchObject({ ok: true });
  expect([sessions.size, identities.size]).toEqual([0, 0]);
});

test.each([
  ['lets in who may', () => Promise.resolve(true), { ok: true }],
  ['keeps out who may not', () => Promise.resolve(false), { code: 'ACCOUNT_BLOCKED' }],
  ['that breaks lets nobody in', () => Promise.reject(new Error('a bug')), { code: 'INTERNAL' }],
  [
    'that can’t ask the cloud lets nobody in',
    () => Promise.reject(Object.assign(new Error('busy'), { errCode: -1 })),
    { code: 'UNAVAILABLE', retryable: true },
  ],
])('the app’s own rule %s, whichever way in', async (_, rule, expected) => {
  const asked: unknown[] = [];
  let isOpen = true;
  const { sessions, signIn, login, passwordLogin, identity } = world({
    mayLogIn: (attempt) => {
      asked.push([attempt.kind, attempt.account, attempt.caller.openid]);
      return isOpen ? Promise.resolve(true) : rule();
    },
  });
  const sessionToken = await signIn();
  await identity({ action: 'set-password', sessionToken, name: 'lin', password: PASSWORD });
  isOpen = false;
  const before = sessions.size;
  expect(await login({})).toMatchObject(expected);
  expect(await passwordLogin({})).toMatchObject(expected);
  expect(sessions.size).toBe('ok' in expected ? before + 2 : before);
  expect(asked.slice(1)).toEqual([
    ['wechat', LIN_ACCOUNT, LIN.openid],
    ['password', LIN_ACCOUNT, LIN.openid],
  ]);
});
