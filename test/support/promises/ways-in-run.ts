/**
 * Runs what people do with their ways in, and says what has been broken. What each call has to
 * answer, and to do, is read off the documents that there were before it: rules of a few lines,
 * written down a second time.
 */
import {
  accountOf,
  cameInBy,
  isAtHome,
  ownAccount,
  ownIdentityId,
  readToken,
  StoreUnavailableError,
  verifyPassword,
  type AccountId,
  type IdentityId,
  type Session,
  type SessionPolicy,
  type StoredIdentity,
} from '#functions/testing';
import type { Person } from '../people';
import {
  codeOf,
  severalWaysIn,
  storesWith,
  WaysInWorld,
  type AroundOperation,
  type WaysInFunction,
  type WaysInReply,
} from './ways-in-world';
import {
  samePerson,
  wantedId,
  type CommandOf,
  type DeviceState,
  type LinkCommand,
} from './ways-in-rules';
import { kindsIn, WaysInPromises, type Calling } from './ways-in-promises';
import type { Meanwhile, SignInBy, WaysInCommand } from './ways-in-commands';

const METHODS = [
  ['wechat'],
  ['wechat', 'phone'],
  ['wechat', 'password'],
  ['wechat', 'phone', 'password'],
] as const;

/** A call without a fault and without anything in its middle. */
const isQuiet = ({ fault, during }: Meanwhile): boolean =>
  fault === undefined && during === undefined;

export class WaysInRun extends WaysInPromises {
  /** How often what was met, so that a run can show that it has been anywhere. */
  readonly met = new Map<string, number>();
  private attempts = 0;
  private depth = 0;

  constructor(policy: Partial<SessionPolicy>, wechats: readonly Person[]) {
    super(
      new WaysInWorld(severalWaysIn(policy)),
      wechats.map((wechat) => ({ wechat })),
    );
  }

  async run(command: WaysInCommand): Promise<void> {
    if (command.kind === 'advance') {
      this.world.now += command.ms;
      return;
    }
    if (command.kind === 'policy') {
      const { sessionsPerUser, phoneOpensAccounts } = command;
      const signInMethods = METHODS[command.methods] ?? METHODS[0];
      this.world.policy = severalWaysIn({ sessionsPerUser, phoneOpensAccounts, signInMethods });
      this.excuse();
      return;
    }
    const before = new Map(this.world.identities);
    const usableBefore = this.usableAccounts();
    this.depth += 1;
    const device = this.deviceOf(command);
    // Whoever is not signed in signs in first, mostly.
    if (device.token === undefined && command.kind !== 'signIn')
      await this.signIn(byWechat(command));
    await this.call(command);
    this.depth -= 1;
    // In the middle of another call: that one may not have ended yet what it has unlinked.
    if (this.depth > 0) return;
    if (this.hasPolicyWithin(command)) this.excuse();
    else this.verifyWaysIn(command, before, usableBefore);
    this.verifySessions(command);
  }

  private call(command: Calling): Promise<void> {
    switch (command.kind) {
      case 'signIn':
        return this.signIn(command);
      case 'linkPhone':
      case 'linkWechat':
      case 'setPassword':
        return this.link(command);
      case 'unlink':
        return this.unlink(command);
      case 'check':
      case 'list':
        return this.look(command);
      case 'logout':
        return this.logout(command);
      case 'delete':
        return this.delete(command);
      case 'steal':
        return this.steal(command);
    }
  }

  // What each call has to answer.

  private async signIn(command: CommandOf<'signIn'>): Promise<void> {
    const device = this.deviceOf(command);
    const { by, again, replyIsLost } = command;
    const { token: held, wechat } = device;
    const expected = await this.expectedSignIn(by, wechat);
    const data = {
      device: { name: `device ${command.device}` },
      attempt: `attempt-${String((this.attempts += 1)).padStart(16, '0')}`,
      ...(held !== undefined && { sessionToken: held }),
      ...(again && { again }),
      ...dataOf(by),
    };
    const hadDocument = this.world.identities.has(ownIdentityId(device.wechat));
    const reply = await this.ask(command, functionOf(by), data);
    if (reply === undefined) {
      this.excuse();
      return;
    }
    this.count(`sign-in by ${by.way}`, reply);
    if (reply.ok) {
      const token = String(reply['sessionToken']);
      const session = this.world.stored(token);
      const isAsked = !again || held === undefined || this.isOfSameAccount(held, session);
      if (!isAsked && this.isSeveral()) this.fail('signed in again, into another account');
      if (isQuiet(command)) {
        if (session === undefined) {
          this.fail('a sign-in left no session');
          return;
        }
        if (accountOf(session) !== expected.account) {
          this.fail(`a sign-in by ${by.way} is in another account`);
        }
        if (cameInBy(session) !== expected.id) this.fail('a sign-in says another way in');
      }
      this.given.push(token);
      // A WeChat without a document is looked up once: WAYS-IN.md, known limits.
      if (by.way === 'wechat' && command.during !== undefined && !hadDocument) {
        this.excused.add(token);
      }
      if (!this.isSeveral()) this.excuse();
      // A lost reply: the device keeps what it had, whose place the new session may have taken.
      if (!replyIsLost) device.token = token;
      return;
    }
    if (!isQuiet(command)) {
      this.excuse();
      return;
    }
    const isElsewhere =
      again &&
      this.isSeveral() &&
      reply.code === 'IDENTITY_TAKEN' &&
      (held === undefined || this.accountOfToken(held) !== expected.account);
    const isWaiting = by.way === 'password' && reply.code === 'TOO_MANY_ATTEMPTS';
    if (isElsewhere || isWaiting || reply.code === expected.code) return;
    this.fail(`a sign-in by ${by.way} is ${String(reply.code)}, not ${expected.code ?? 'ok'}`);
  }

  private async link(command: LinkCommand) {
    const device = this.deviceOf(command);
    if (device.token === undefined) return;
    const session = this.opened(device.token, device.wechat);
    const id = wantedId(command, device.wechat);
    const before = new Map(this.world.identities);
    const expected = this.expectedLink(command, session, id);
    const reply = await this.ask(command, 'identity', {
      sessionToken: device.token,
      ...linkData(command),
    });
    if (reply === undefined) {
      this.excuse();
      return;
    }
    this.count(command.kind, reply);
    if (!isQuiet(command)) this.excuse();
    else if (!expected.includes(reply.code ?? 'ok')) {
      this.fail(`${command.kind} is ${reply.code ?? 'ok'}, not ${expected.join(' or ')}`);
    }
    if (!reply.ok) {
      if (isQuiet(command) && !sameDocuments(before, this.world.identities)) {
        this.fail(`${command.kind} is refused, and has changed something`);
      }
      return;
    }
    if (command.during !== undefined || session === undefined) return;
    const there = this.world.identities.get(id);
    const isFounder = command.kind === 'linkWechat' && there === undefined;
    const account = isFounder ? ownAccount(device.wechat) : there?.account;
    if (account !== accountOf(session)) this.fail(`${command.kind} is ok, and nothing is linked`);
    if (command.kind !== 'setPassword') return;
    if (!(await verifyPassword(command.password, there?.passwordHash)).isRight) {
      this.fail('a password was set, and does not open');
    }
    const passwords = this.linkedTo(accountOf(session)).filter(({ kind }) => kind === 'password');
    if (passwords.length !== 1) this.fail('an account has two passwords');
  }

  private async unlink(command: CommandOf<'unlink'>): Promise<void> {
    const device = this.deviceOf(command);
    const { token } = device;
    const owner = this.devices[command.ofDevice];
    if (token === undefined || owner === undefined) return;
    const session = this.opened(token, device.wechat);
    const account = this.accountOfToken(owner.token ?? token);
    const linked = account === undefined ? [] : this.linkedTo(account);
    const identityId =
      linked[command.index % Math.max(1, linked.length)]?.id ?? ownIdentityId(owner.wechat);
    const expected = this.expectedUnlink(session, identityId);
    const reply = await this.ask(command, 'identity', {
      sessionToken: token,
      action: 'unlink',
      identityId,
    });
    if (reply === undefined) {
      this.excuse();
      return;
    }
    this.count('unlink', reply);
    if (!isQuiet(command)) {
      if (!reply.ok) this.excuse();
    } else if (!expected.includes(reply.code ?? 'ok')) {
      this.fail(`unlink is ${reply.code ?? 'ok'}, not ${expected.join(' or ')}`);
    }
    if (!reply.ok || session === undefined || command.during !== undefined) return;
    const left = this.world.identities.get(identityId);
    const unlinked = this.devices.find(({ wechat }) => ownIdentityId(wechat) === identityId);
    const leadsTo = unlinked === undefined ? left?.account : this.accountOfWechat(unlinked.wechat);
    // Without a document a WeChat is in the account that it founded.
    if (leadsTo === accountOf(session) && this.isSeveral()) {
      this.fail('unlink is ok, and it leads into the account still');
    }
    const still = this.activeSessions().filter(
      (one) => accountOf(one) === accountOf(session) && cameInBy(one) === identityId,
    );
    if (still.length > 0) this.fail('unlink is ok, and a session that came in by it goes on');
  }

  private async look(command: CommandOf<'check' | 'list'>): Promise<void> {
    const device = this.deviceOf(command);
    if (device.token === undefined) return;
    const session = this.opened(device.token, device.wechat);
    const name = command.kind === 'check' ? 'session' : 'identity';
    const linked = session && this.linkedTo(accountOf(session)).map(({ id }) => id);
    const data = { action: command.kind, sessionToken: device.token };
    const reply = await this.ask(command, name, data);
    if (reply === undefined) return;
    this.count(command.kind, reply);
    if (!isQuiet(command)) return;
    if (reply.ok !== (session !== undefined)) this.fail(`${command.kind} is ${String(reply.code)}`);
    if (!reply.ok || command.kind === 'check' || linked === undefined) return;
    const listed = (reply['identities'] as { id: IdentityId }[]).map(({ id }) => id);
    if (linked.length > 0 && listed.join() !== linked.join()) this.fail('a list is of others');
  }

  private async logout(command: CommandOf<'logout'>): Promise<void> {
    const device = this.deviceOf(command);
    const { token } = device;
    if (token === undefined) return;
    const account = this.accountOfToken(token);
    const reply = await this.ask(command, 'logout', { sessionToken: token, scope: command.scope });
    if (command.scope !== 'others') device.token = undefined;
    if (reply?.ok !== true) return;
    this.count(`logout ${command.scope}`, reply);
    if (command.during !== undefined) return;
    if (command.scope !== 'others' && this.opened(token, device.wechat)) {
      this.fail('a sign-out is ok, and the session goes on');
    }
    if (!isQuiet(command) || command.scope === 'this' || this.world.stored(token) === undefined)
      return;
    const left = this.activeSessions().filter(
      (one) => accountOf(one) === account && one.tokenHash !== readToken(token)?.hash,
    );
    if (left.length > 0 && this.isSeveral()) this.fail(`${command.scope} left a session`);
  }

  private async delete(command: CommandOf<'delete'>): Promise<void> {
    const device = this.deviceOf(command);
    const { token } = device;
    if (token === undefined) return;
    const account = this.accountOfToken(token);
    const reply = await this.ask(command, 'account', { action: 'delete', sessionToken: token });
    if (reply === undefined) {
      this.excuse();
      return;
    }
    this.count('delete', reply);
    if (!reply.ok || command.during !== undefined) {
      this.excuse();
      return;
    }
    if (this.activeSessions().some((one) => accountOf(one) === account)) {
      this.fail('an account is deleted, and somebody is signed in to it');
    }
    if (!this.isSeveral() || account === undefined) return;
    const left = this.linkedTo(account).filter((one) => !isAtHome(one) || one.home === undefined);
    if (left.length > 0) this.fail(`an account is deleted, and ${left[0]?.kind} leads into it`);
  }

  /** Nobody's token opens anything for another WeChat. */
  private async steal(command: CommandOf<'steal'>): Promise<void> {
    const thief = this.deviceOf(command);
    const victim = this.devices[command.from];
    if (victim?.token === undefined || samePerson(thief.wechat, victim.wechat)) return;
    const sessionToken = victim.token;
    for (const [name, data] of [
      ['session', { action: 'check', sessionToken }],
      ['identity', { action: 'list', sessionToken }],
      ['account', { action: 'delete', sessionToken }],
    ] as const) {
      const reply = await this.world.call(name, thief.wechat, data);
      if (reply.ok) this.fail(`somebody else's token opens ${name}`);
    }
    this.met.set('steal', (this.met.get('steal') ?? 0) + 1);
    const before = this.world.stored(sessionToken)?.state;
    const reply = await this.world.call('logout', thief.wechat, { sessionToken });
    if (this.world.stored(sessionToken)?.state !== before || reply['ended'] !== 0) {
      this.fail("somebody else's token signs them out");
    }
  }

  // How calls are made.

  /** `undefined`: the function was killed. */
  private async ask(
    { device, fault, during }: Meanwhile & { device: number },
    name: WaysInFunction,
    data: object,
  ): Promise<WaysInReply | undefined> {
    let operations = 0;
    let kill = (): void => undefined;
    const killed = new Promise<undefined>((resolve) => {
      kill = () => resolve(undefined);
    });
    const fail = (): Promise<never> => {
      if (fault?.kind === 'timeout') throw new StoreUnavailableError('answer', new Error('late'));
      kill();
      return new Promise<never>(() => undefined);
    };
    const around: AroundOperation = async (perform) => {
      const operation = (operations += 1);
      if (operation === during?.before) await this.run(during.command);
      const isHit = operation === fault?.at;
      if (isHit && fault.when === 'before') return fail();
      const result = await perform();
      return isHit ? fail() : result;
    };
    const { wechat } = this.devices[device] ?? { wechat: { openid: '', appid: '' } };
    const stores = storesWith(this.world.stores, around);
    const reply = await Promise.race([this.world.call(name, wechat, data, stores), killed]);
    if (reply?.code === 'INTERNAL')
      this.fail(`${name} is INTERNAL: ${this.world.lines.at(-1) ?? ''}`);
    if (reply?.code === 'UNAVAILABLE' && fault === undefined && during === undefined) {
      this.fail(`${name} is UNAVAILABLE, and nothing was wrong`);
    }
    return reply;
  }

  private count(what: string, { ok, code = 'ok' }: WaysInReply): void {
    const key = `${what}: ${ok ? 'ok' : code}`;
    this.met.set(key, (this.met.get(key) ?? 0) + 1);
  }

  private deviceOf({ device }: { device: number }): DeviceState {
    const found = this.devices[device];
    if (found === undefined) throw new Error(`there is no device ${device}`);
    return found;
  }

  private readonly accountsOfTokens = new Map<string, AccountId>();

  private accountOfToken(token: string): AccountId | undefined {
    const session = this.world.stored(token);
    if (session !== undefined) this.accountsOfTokens.set(token, accountOf(session));
    return this.accountsOfTokens.get(token);
  }

  private isOfSameAccount(held: string, session: Session | undefined): boolean {
    const account = this.accountOfToken(held);
    return session === undefined || account === undefined || account === accountOf(session);
  }

  private hasPolicyWithin(command: Calling): boolean {
    return kindsIn(command).includes('policy');
  }
}

const byWechat = ({ device }: Calling): CommandOf<'signIn'> => ({
  kind: 'signIn',
  by: { way: 'wechat' },
  again: false,
  replyIsLost: false,
  device,
});

function sameDocuments(
  before: ReadonlyMap<IdentityId, StoredIdentity>,
  after: ReadonlyMap<IdentityId, StoredIdentity>,
): boolean {
  return (
    before.size === after.size &&
    [...before].every(([id, { revision }]) => after.get(id)?.revision === revision)
  );
}

function functionOf(by: SignInBy): WaysInFunction {
  return by.way === 'wechat' ? 'login' : `login-${by.way}`;
}

function dataOf(by: SignInBy): object {
  if (by.way === 'phone') return { code: codeOf(by.phone) };
  return by.way === 'password' ? { name: by.name, password: by.password } : {};
}

function linkData(command: LinkCommand): object {
  switch (command.kind) {
    case 'linkPhone':
      return { action: 'link-phone', code: codeOf(command.phone) };
    case 'linkWechat':
      return { action: 'link-wechat' };
    case 'setPassword':
      return { action: 'set-password', name: command.name, password: command.password };
  }
}
