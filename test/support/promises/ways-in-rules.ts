/**
 * What a call has to answer where nothing goes wrong, read off the documents that there are: the
 * rules of the ways in, in a few lines, written down a second time.
 */
import {
  accountOf,
  cameInBy,
  FRESH_MS,
  hasSeveralWaysIn,
  identityId,
  isAtHome,
  ownAccount,
  ownIdentityId,
  publicSessionId,
  verifyPassword,
  verifySession,
  type AccountId,
  type IdentityId,
  type Session,
  type StoredIdentity,
} from '#functions/testing';
import type { Person } from '../people';
import type { SignInBy, WaysInCommand } from './ways-in-commands';
import { phoneIdOf, type WaysInWorld } from './ways-in-world';

export type CommandOf<Kind extends WaysInCommand['kind']> = Extract<WaysInCommand, { kind: Kind }>;
export type LinkCommand = CommandOf<'linkPhone' | 'linkWechat' | 'setPassword'>;

const ENDED = ['SESSION_MISSING', 'SESSION_EXPIRED', 'SESSION_REPLACED', 'SESSION_REVOKED'];

export interface DeviceState {
  wechat: Person;
  token?: string | undefined;
}

export abstract class WaysInRules {
  constructor(
    readonly world: WaysInWorld,
    protected readonly devices: readonly DeviceState[],
  ) {}

  protected async expectedSignIn(
    by: SignInBy,
    wechat: Person,
  ): Promise<{ code?: string; account?: AccountId; id?: IdentityId }> {
    const { policy, identities } = this.world;
    const own = this.accountOfWechat(wechat);
    if (by.way === 'wechat') return { account: own, id: ownIdentityId(wechat) };
    if (!policy.signInMethods.includes(by.way)) return { code: 'NOT_OFFERED' };
    if (by.way === 'phone') {
      const id = phoneIdOf(by.phone);
      const account = identities.get(id)?.account ?? own;
      const opens = account === own || policy.phoneOpensAccounts;
      return opens ? { account, id } : { code: 'IDENTITY_TAKEN' };
    }
    const there = identities.get(passwordIdOf(by.name));
    const { isRight } = await verifyPassword(by.password, there?.passwordHash);
    if (there === undefined || !isRight) return { code: 'IDENTITY_UNKNOWN' };
    return { account: there.account, id: there.id };
  }

  protected expectedLink(
    command: LinkCommand,
    session: Session | undefined,
    id: IdentityId,
  ): readonly string[] {
    const { policy, identities, now } = this.world;
    if (session === undefined) return ENDED;
    if (now - session.createdAt.getTime() > FRESH_MS) return ['SESSION_NOT_FRESH'];
    if (command.kind === 'linkPhone' && !policy.signInMethods.includes('phone'))
      return ['NOT_OFFERED'];
    if (command.kind === 'setPassword' && !policy.signInMethods.includes('password')) {
      return ['NOT_OFFERED'];
    }
    if (this.hasLostItsWayIn(session)) return ['SESSION_NOT_FRESH', 'IDENTITY_TAKEN'];
    const there = identities.get(id);
    if (there === undefined || there.account === accountOf(session)) return ['ok'];
    const isAlone = isAtHome(there) && this.linkedTo(there.account).length === 1;
    return command.kind === 'linkWechat' && isAlone ? ['ok'] : ['IDENTITY_TAKEN'];
  }

  protected expectedUnlink(session: Session | undefined, id: IdentityId): readonly string[] {
    const { now } = this.world;
    if (session === undefined) return ENDED;
    if (now - session.createdAt.getTime() > FRESH_MS) return ['SESSION_NOT_FRESH'];
    if (this.hasLostItsWayIn(session)) return ['SESSION_NOT_FRESH', 'IDENTITY_UNKNOWN', 'ok'];
    const linked = this.linkedTo(accountOf(session));
    const target = linked.find((one) => one.id === id);
    if (target === undefined) {
      const isFounder = linked.length === 0 && ownIdentityId(session) === id;
      // Sessions that an earlier one was to end, and did not get to.
      return isFounder ? ['LAST_IDENTITY', 'IDENTITY_UNKNOWN'] : ['IDENTITY_UNKNOWN', 'ok'];
    }
    const others = linked.filter((one) => one !== target);
    const isUsable = others.some((one) => this.world.isUsable(one));
    const may = this.world.isUsable(target) ? isUsable : others.length > 0;
    return may ? ['ok'] : ['LAST_IDENTITY'];
  }

  /** It has not been ended yet by whoever unlinked what it came in by, or changed the password. */
  private hasLostItsWayIn(session: Session): boolean {
    if (this.world.leadsInto(session) !== accountOf(session)) return true;
    const by = this.world.identities.get(cameInBy(session));
    if (by?.kind !== 'password') return false;
    const isItsOwn = by.linkedIn === publicSessionId(session.tokenHash);
    return by.createdAt > session.createdAt && !isItsOwn;
  }

  /** Accounts that somebody can get into, as policy is. */
  protected usableAccounts(): Set<AccountId> {
    const founders = this.devices.flatMap(({ wechat }) =>
      this.world.identities.has(ownIdentityId(wechat)) ? [] : [ownAccount(wechat)],
    );
    const linked = [...this.world.identities.values()].filter((one) => this.world.isUsable(one));
    return new Set([...founders, ...linked.map(({ account }) => account)]);
  }

  protected isSeveral(): boolean {
    return hasSeveralWaysIn(this.world.policy);
  }

  protected accountOfWechat(wechat: Person): AccountId {
    const own = ownAccount(wechat);
    return this.isSeveral()
      ? (this.world.identities.get(ownIdentityId(wechat))?.account ?? own)
      : own;
  }

  protected linkedTo(account: AccountId): StoredIdentity[] {
    return [...this.world.identities.values()]
      .filter((one) => one.account === account)
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  }

  protected activeSessions(): Session[] {
    return [...this.world.sessions.values()].filter(({ state }) => state === 'active');
  }

  /** The session that the token opens for this WeChat, judged by what is stored alone. */
  protected opened(token: string, wechat: Person): Session | undefined {
    const session = this.world.stored(token);
    if (session === undefined || !samePerson(session, wechat)) return undefined;
    // With one way in, a token is of the caller's own account.
    if (!this.isSeveral() && accountOf(session) !== ownAccount(wechat)) return undefined;
    const { policy, now } = this.world;
    const verified = verifySession(session, session.tokenHash, policy, new Date(now));
    return verified.ok ? session : undefined;
  }
}

export const samePerson = (a: Person, b: Person): boolean =>
  a.openid === b.openid && a.appid === b.appid;

const passwordIdOf = (name: string): IdentityId => identityId('password', name.toLowerCase());

export function wantedId(command: LinkCommand, wechat: Person): IdentityId {
  switch (command.kind) {
    case 'linkPhone':
      return phoneIdOf(command.phone);
    case 'linkWechat':
      return ownIdentityId(wechat);
    case 'setPassword':
      return passwordIdOf(command.name);
  }
}
