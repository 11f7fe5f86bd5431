/**
 * Anything at all as `event`: no function throws, refuses without a code, or lets a value from
 * outside into a query.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountAction } from '../../../cloudfunctions/account/account-action';
import { noteAction } from '../../../cloudfunctions/note/note-action';
import { profileAction } from '../../../cloudfunctions/profile/profile-action';
import { functionEntry, timerEntry } from '../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../cloudfunctions/shared/session/login-action';
import { logoutAction } from '../../../cloudfunctions/shared/session/logout-action';
import { sessionAction } from '../../../cloudfunctions/shared/session/session-action';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import type { SessionStore } from '../../../cloudfunctions/shared/session/session-store';
import { sessionIds, webSessionIds } from '../../../cloudfunctions/shared/session/session-token';
import { sweepExpired } from '../../../cloudfunctions/shared/session/sweep-expired';
import {
  withSession,
  type ProtectedEnvironment,
} from '../../../cloudfunctions/shared/session/with-session';
import { ERROR_CODES } from '../../support/error-codes';
import { memorySessionStore } from '../../support/memory-session-store';
import { LIN, wxContextOf, LIN_ACCOUNT } from '../../support/people';
import { AT } from '../../support/sessions';

const { SOAK_SEED = '20260115' } = process.env;
const SLOTS = 3;
const OWN_IDS: readonly string[] = [
  ...sessionIds(LIN_ACCOUNT, 16),
  ...webSessionIds(LIN_ACCOUNT, 16),
];

/**
 * Everything that reaches the store: ids are the caller's own, everything else has the right type.
 */
function watched(store: SessionStore): SessionStore {
  const check = (name: string, value: unknown): void => {
    if (name === 'put' || name === 'replace') {
      checkSession(value);
      return;
    }
    if (Array.isArray(value)) for (const id of value) expect(OWN_IDS).toContain(id);
    else if (typeof value === 'object') checkPlain(value);
    else if (typeof value === 'string') expect(value).toMatch(/^[\w-]{43}$/);
    else expect(typeof value).toMatch(/number|undefined/);
  };
  const operations = Object.entries(store).map(([name, operation]) => [
    name,
    (...args: unknown[]): unknown => {
      if (name === 'replace') check('put', args[0]);
      else for (const arg of args) check(name, arg);
      return Reflect.apply(operation as () => unknown, store, args);
    },
  ]);
  return Object.fromEntries(operations) as SessionStore;
}

function checkSession(value: unknown): void {
  const { id, device } = value as { id: string; device: { name: unknown; platform: unknown } };
  expect(OWN_IDS).toContain(id);
  expect([typeof device.name, typeof device.platform]).toEqual(['string', 'string']);
  expect(Object.keys(device).sort()).toEqual(['name', 'platform']);
}

/** A date, or an object of dates and devices: no name in it can be an operator. */
function checkPlain(value: unknown): void {
  if (value instanceof Date || value === null) return;
  for (const name of Object.keys(value as object)) expect(name).not.toMatch(/^\$|\./);
}

const environment = (store: SessionStore, source = 'wx_client'): ProtectedEnvironment => ({
  getWXContext: () => wxContextOf(LIN, source),
  store: watched(store),
  policy: { ...defaultPolicy, sessionsPerUser: SLOTS },
  now: () => new Date(AT),
  log: () => undefined,
  whileSignedIn: () => Promise.resolve(true),
});

const operator = fc
  .constantFrom(
    '$ne',
    '$gt',
    '$in',
    '$exists',
    '$where',
    '$regex',
    '$or',
    '$set',
    '$unset',
    '$function',
  )
  .chain((name) => fc.anything().map((value) => ({ [name]: value })));
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '$ne', 'a.b', '\0', ''),
  fc.constant('x'.repeat(1_000_000)),
);
const prototypeKeys = fc.constant(
  JSON.parse('{"__proto__":{"sessionToken":"x"},"constructor":{"name":1}}') as unknown,
);
const hostile = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  }),
  operator,
  hostileText,
  prototypeKeys,
  fc.array(operator),
);

const FIELDS = [
  'sessionToken',
  'action',
  'scope',
  'sessionId',
  'device',
  'text',
  'nickname',
  'avatarFileId',
] as const;

test('whatever is sent, every function answers with a code, and only the right types reach the store', async () => {
  const store = memorySessionStore();
  const note = {
    read: () => Promise.resolve(''),
    save: () => Promise.resolve({ ok: true as const }),
  };
  const none = { nickname: '', avatarFileId: '', replacedFileIds: [], goneFileIds: [] };
  const profiles = {
    read: () => Promise.resolve(none),
    isOurs: () => true,
    saveNickname: () => Promise.resolve({ ok: true as const }),
    saveAvatar: () => Promise.resolve({ ok: true as const }),
    removeFiles: () => Promise.resolve([]),
    forgetFiles: () => Promise.resolve(),
    giveUpFile: () => Promise.resolve('none' as const),
  };
  const functions = {
    login: functionEntry('login', environment(store), loginAction),
    logout: functionEntry('logout', environment(store), logoutAction),
    session: functionEntry('session', environment(store), sessionAction),
    note: withSession('note', (call) => noteAction(call, note), {
      environment: environment(store),
    }),
    profile: withSession('profile', (call) => profileAction(call, profiles), {
      environment: environment(store),
    }),
    account: functionEntry('account', environment(store), (call) => accountAction(call, [])),
    sweep: timerEntry('sweep', environment(store, 'wx_trigger'), sweepExpired),
  };
  const signedIn = await functions.login({});
  if (!signedIn.ok) throw new Error(signedIn.code);
  const { sessionToken } = signedIn;
  const good = {
    sessionToken,
    sessionId: sessionToken.split('.')[0],
    device: { name: 'phone', platform: 'ios' },
    scope: 'this',
    text: 'hello',
  };

  const nearlyGood = fc
    .record({
      action: fc.constantFrom('check', 'list', 'revoke', 'read', 'save'),
      field: fc.constantFrom(...FIELDS),
      value: hostile,
      inDevice: fc.option(fc.constantFrom('name', 'platform'), { nil: undefined }),
    })
    .map(({ action, field, value, inDevice }) =>
      inDevice === undefined
        ? { ...good, action, [field]: value }
        : { ...good, action, device: { ...good.device, [inDevice]: value } },
    );

  const property = fc.asyncProperty(
    fc.constantFrom(...(Object.keys(functions) as (keyof typeof functions)[])),
    fc.oneof(hostile, nearlyGood),
    async (name, event) => {
      const reply = await functions[name](event);
      if (reply.ok) return;
      expect(ERROR_CODES).toContain(reply.code);
      expect(reply.code).not.toBe('INTERNAL');
      expect(typeof reply.message).toBe('string');
      if (reply.code === 'INVALID_INPUT') expect(typeof reply.detail?.field).toBe('string');
    },
  );
  await fc.assert(property, { numRuns: 3_000, seed: Number(SOAK_SEED) });
});
