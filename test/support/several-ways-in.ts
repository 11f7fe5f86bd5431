/** The functions as they are deployed where people sign in by phone number and password too. */
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { openCloud, type Answer, type TestCloud } from './local-cloud';
import { LIN, PHONE, type Person } from './people';

export const IDENTITY_KEY = 'k'.repeat(40);
export const SEVERAL_WAYS_IN = { SIGN_IN_METHODS: 'wechat,phone,password', IDENTITY_KEY };
export const PASSWORD = 'correct horse battery';
export const LIN_NUMBER = '13800005678';
export const TEN_MINUTES_MS = 10 * 60_000;

const GET_NUMBER = 'phonenumber.getPhoneNumber';

/** One cloud for all tests of a file, empty before each. */
export function severalWaysIn(environment: Record<string, string> = {}) {
  let cloud: TestCloud;
  let codes = 0;
  beforeAll(async () => {
    const settings = { ...SEVERAL_WAYS_IN, SESSIONS_PER_USER: '4', ...environment };
    cloud = await openCloud({ environment: settings });
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.control({ reset: true }));

  const call = (name: string, caller: Person, data: object): Promise<Answer> =>
    cloud.call(name, caller, data);
  const newCode = (): string => `code-${String(++codes)}`;
  const tokenIn = (reply: Answer): string => {
    expect(reply).toMatchObject({ ok: true });
    return String(reply['sessionToken']);
  };
  const passwordLogin = (caller: Person, name = 'lin', password = PASSWORD, more = {}) =>
    call('login-password', caller, { name, password, device: PHONE, ...more });
  const identity = (caller: Person, sessionToken: string, action: string, more = {}) =>
    call('identity', caller, { sessionToken, action, ...more });

  return {
    get cloud(): TestCloud {
      return cloud;
    },
    call,
    newCode,
    identity,
    passwordLogin,
    /** By WeChat. */
    signIn: async (caller = LIN, more = {}): Promise<string> =>
      tokenIn(await call('login', caller, { device: PHONE, ...more })),
    signInByPassword: async (caller: Person, name = 'lin', password = PASSWORD) =>
      tokenIn(await passwordLogin(caller, name, password)),
    signInByPhone: async (caller = LIN): Promise<string> =>
      tokenIn(await call('login-phone', caller, { code: newCode(), device: PHONE })),
    phoneLogin: (caller = LIN, more = {}): Promise<Answer> =>
      call('login-phone', caller, { code: newCode(), device: PHONE, ...more }),
    linkPhone: (caller: Person, sessionToken: string): Promise<Answer> =>
      identity(caller, sessionToken, 'link-phone', { code: newCode() }),
    setPassword: (caller: Person, sessionToken: string, name = 'lin', password = PASSWORD) =>
      identity(caller, sessionToken, 'set-password', { name, password }),
    /** Whose phone asks for a number from now on, whoever calls. */
    numberIs: (purePhoneNumber = LIN_NUMBER, countryCode = '86'): Promise<void> =>
      cloud.control({
        openapi: { [GET_NUMBER]: { phone_info: { purePhoneNumber, countryCode } } },
      }),
    weChatRefuses: (errcode: number): Promise<void> =>
      cloud.control({ openapi: { [GET_NUMBER]: { errcode, errmsg: 'refused' } } }),
    /** Of the account of the session, with what the person sees of each. */
    async waysIn(caller: Person, sessionToken: string): Promise<Answer[]> {
      const reply = await identity(caller, sessionToken, 'list');
      expect(reply).toMatchObject({ ok: true });
      return reply['identities'] as Answer[];
    },
    async idOf(caller: Person, sessionToken: string, kind: string): Promise<string> {
      const identities = (await identity(caller, sessionToken, 'list'))['identities'] as Answer[];
      return String(identities.find((one) => one['kind'] === kind)?.['id']);
    },
    /** `true`, or the code that refuses it. */
    async check(caller: Person, sessionToken: string): Promise<unknown> {
      const reply = await call('session', caller, { action: 'check', sessionToken });
      return reply['code'] ?? reply['ok'];
    },
    note: async (caller: Person, sessionToken: string): Promise<unknown> =>
      (await call('note', caller, { action: 'read', sessionToken }))['text'],
    saveNote: async (caller: Person, sessionToken: string, text: string): Promise<void> => {
      expect(await call('note', caller, { action: 'save', text, sessionToken })).toMatchObject({
        ok: true,
      });
    },
    /** All that is kept about who signs in. */
    async kept(): Promise<unknown> {
      const names = ['sessions', 'identities', 'password_attempts', 'notes'];
      return Promise.all(names.map((name) => cloud.documents(name)));
    },
    advance: (ms: number): Promise<void> => cloud.control({ advanceClockMs: ms }),
  };
}
