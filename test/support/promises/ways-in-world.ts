/** The real functions with several ways in, on stores in memory, for several people at once. */
import {
  accountAction,
  defaultPolicy,
  freshWithinMs,
  functionEntry,
  identityAction,
  loginPasswordAction,
  loginPhoneAction,
  PASSWORD_COST,
  phoneIdentityId,
  sessionFunctions,
  withOpenSession,
  cameInBy,
  founderOf,
  ownAccount,
  ownIdentityId,
  readToken,
  type AccountId,
  type AttemptKey,
  type Attempts,
  type AttemptStore,
  type IdentityId,
  type IdentityStore,
  type ProtectedEnvironment,
  type Session,
  type SessionId,
  type SessionPolicy,
  type SessionStore,
  type StoredIdentity,
} from '#functions/testing';
import {
  memoryAttemptStore,
  memoryIdentityStore,
  memoryWhileSignedIn,
} from '../memory-identity-store';
import { memorySessionStore } from '../memory-session-store';
import type { Actor } from './explore-schedules';
import { wxContextOf, type Person } from '../people';
import { AT } from '../sessions';

export const IDENTITY_KEY = 'a secret of the tests, and long enough';

/**
 * Passwords of tests cost nothing: what is tested is who gets in, not how long it takes. Jest gives
 * each file modules of its own, so no other one notices.
 */
export function cheapPasswords(): void {
  Object.assign(PASSWORD_COST, { ln: 1, r: 1, p: 1 });
}

/** Each of these may be slow, break, or be killed; a call goes through no others. */
export interface Stores {
  store: SessionStore;
  identities: IdentityStore;
  attempts: AttemptStore;
}

export type WaysInReply = { ok: boolean; code?: string } & Record<string, unknown>;

export type WaysInFunction =
  | 'login'
  | 'login-phone'
  | 'login-password'
  | 'identity'
  | 'logout'
  | 'session'
  | 'account';

/** The phone with this number is known by its code, which may be used again here. */
export const codeOf = (phone: number): string => `code-of-phone-${phone}`;
const numberOf = (phone: number): string => `+861380000${String(1000 + phone)}`;
export const phoneIdOf = (phone: number): IdentityId =>
  phoneIdentityId(numberOf(phone), IDENTITY_KEY);

export const severalWaysIn = (changes: Partial<SessionPolicy> = {}): SessionPolicy => ({
  ...defaultPolicy,
  signInMethods: ['wechat', 'phone', 'password'],
  ...changes,
});

export class WaysInWorld {
  now = AT;
  readonly sessions = new Map<SessionId, Session>();
  readonly identities = new Map<IdentityId, StoredIdentity>();
  readonly attempts = new Map<AttemptKey, Attempts & { expiresAt: Date }>();
  readonly lines: string[] = [];
  readonly stores: Stores = {
    store: memorySessionStore({ sessions: this.sessions, now: () => this.now }),
    identities: memoryIdentityStore(this.identities),
    attempts: memoryAttemptStore(this.attempts),
  };

  readonly whileSignedIn = memoryWhileSignedIn(this.sessions);

  constructor(public policy: SessionPolicy) {}

  async call(
    name: WaysInFunction,
    caller: Person,
    event: unknown,
    stores = this.stores,
  ): Promise<WaysInReply> {
    const reply: object = await this.functions(caller, stores)[name](event);
    return reply as WaysInReply;
  }

  /** The session that this token is of, in whatever state. */
  stored(token: string): Session | undefined {
    const read = readToken(token);
    const found = read && this.sessions.get(read.id);
    return found?.tokenHash === read?.hash ? found : undefined;
  }

  /** Where what this session came in by leads now. */
  leadsInto(session: Session): AccountId | undefined {
    const identity = this.identities.get(cameInBy(session));
    if (identity === undefined) {
      return session.signedInBy === undefined ? ownAccount(session) : undefined;
    }
    if (identity.kind !== 'phone' || this.policy.phoneOpensAccounts) return identity.account;
    // A phone number opens an account on a WeChat that is in it.
    const wechat = this.identities.get(ownIdentityId(session))?.account ?? ownAccount(session);
    return wechat === identity.account ? wechat : undefined;
  }

  /** Whether it opens an account by itself, as policy is. */
  isUsable({ kind }: StoredIdentity): boolean {
    const { signInMethods, phoneOpensAccounts } = this.policy;
    if (kind === 'password') return signInMethods.includes('password');
    return kind === 'phone' ? signInMethods.includes('phone') && phoneOpensAccounts : true;
  }

  /** Whether anything leads into the account; the WeChat that founded it needs no document. */
  canBeEntered(account: AccountId): boolean {
    const identities = [...this.identities.values()];
    if (identities.some((one) => one.account === account && this.isUsable(one))) return true;
    const founder = founderOf(account);
    return founder !== undefined && !this.identities.has(ownIdentityId(founder));
  }

  private functions(
    caller: Person,
    stores: Stores,
  ): Record<WaysInFunction, (event: unknown) => Promise<object>> {
    const environment = this.environment(caller, stores);
    const { whileSignedIn } = environment;
    const phones = {
      identityKey: IDENTITY_KEY,
      readPhoneNumber: (code: string) => {
        const [, phone] = /^code-of-phone-(\d+)$/.exec(code) ?? [];
        if (phone === undefined) return Promise.resolve('bad' as const);
        return Promise.resolve({ e164: numberOf(Number(phone)), label: `phone ${phone}` });
      },
    };
    const { login, logout, session } = sessionFunctions(environment);
    return {
      login,
      logout,
      session,
      'login-phone': functionEntry('login-phone', environment, (call) =>
        loginPhoneAction(call, { ...phones, whileSignedIn }),
      ),
      'login-password': functionEntry('login-password', environment, (call) =>
        loginPasswordAction(call, { attempts: stores.attempts }),
      ),
      identity: withOpenSession(
        'identity',
        (call, opened) => identityAction(call, opened, phones),
        { environment, freshWithinMs },
      ),
      account: functionEntry('account', environment, (call) => accountAction(call, [])),
    };
  }

  environment(caller: Person, { store, identities }: Stores): ProtectedEnvironment {
    return {
      getWXContext: () => wxContextOf(caller),
      store,
      identities,
      policy: this.policy,
      now: () => new Date(this.now),
      log: (line) => void this.lines.push(line),
      whileSignedIn: this.whileSignedIn,
    };
  }
}

type Calls = readonly (readonly [WaysInFunction, object])[];

/** A person who makes these calls one after the other, as an actor among others. */
export function actorOf(world: WaysInWorld, person: Person, calls: Calls): Actor {
  return async (store, gate) => {
    const { attempts, identities } = world.stores;
    const stores = { store, attempts, identities: gate(identities) };
    let reply: object = {};
    for (const [name, data] of calls) reply = await world.call(name, person, data, stores);
    return reply;
  };
}

export async function tokenFrom(
  world: WaysInWorld,
  person: Person,
  name: WaysInFunction = 'login',
  data: object = {},
): Promise<string> {
  const reply = await world.call(name, person, data);
  if (!reply.ok) throw new Error(`${name}: ${String(reply.code)}`);
  return String(reply['sessionToken']);
}

/** Around each operation of a call: what happens instead of `perform`, or before and after it. */
export type AroundOperation = (
  perform: () => Promise<unknown>,
  name: string,
  args: unknown[],
) => Promise<unknown>;

/** The stores, as one call sees them. */
export function storesWith(stores: Stores, around: AroundOperation): Stores {
  return {
    store: storeWith(stores.store, around),
    identities: storeWith(stores.identities, around),
    attempts: storeWith(stores.attempts, around),
  };
}

export function storeWith<Store extends object>(store: Store, around: AroundOperation): Store {
  const operations = Object.entries(store).map(([name, operation]) => [
    name,
    (...args: unknown[]): Promise<unknown> =>
      around(
        () => Reflect.apply(operation as () => unknown, store, args) as Promise<unknown>,
        name,
        args,
      ),
  ]);
  return Object.fromEntries(operations) as Store;
}
