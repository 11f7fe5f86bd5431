/**
 * One person's devices, and a cloud as it is on a bad day: instances whose clocks differ and whose
 * limits differ, time that moves while a call is under way, calls that run in the middle of others,
 * replies that get lost. It predicts no answer. It remembers what was acknowledged, and says what
 * has been broken of it.
 */
import {
  type FunctionEnvironment,
  readToken,
  type Session,
  type SessionPolicy,
  type SessionStore,
  publicSessionId,
  type SessionId,
  sessionFunctions,
} from '#functions/testing';
import { bearer, TestGateway } from '../gateway';
import { memorySessionStore } from '../memory-session-store';
import { LIN, wxContextOf } from '../people';
import { AT } from '../sessions';
import type { UnrulyCommand } from './unruly-commands';

/** Where a call is served. */
export interface Instance {
  skewMs: number;
  sessionsPerUser: number;
}

interface IssuedToken {
  token: string;
  /** By the true time, which no instance knows. */
  issuedAt: number;
  /** The device that has it; `undefined`: its reply was lost. */
  device: number | undefined;
}

interface DeviceState {
  token: string | undefined;
  /** Of a sign-in that got no reply. */
  attempt: string | undefined;
  signsIn: boolean;
  /** Given up here; the cloud does not know yet. */
  left: string | undefined;
}

type Reply = { ok: boolean; code?: string } & Record<string, unknown>;

export class UnrulyCloud {
  now = AT;
  readonly sessions = new Map<SessionId, Session>();
  readonly broken: string[] = [];
  /** What would surprise a person: a device that was signed out by nothing they did. */
  readonly surprised: string[] = [];
  private readonly store = memorySessionStore({ sessions: this.sessions, now: () => this.now });
  private readonly issued: IssuedToken[] = [];
  /** By all clocks. */
  private readonly expired = new Set<string>();
  private readonly over = new Map<string, string>();
  private readonly devices: DeviceState[];
  private attempts = 0;

  constructor(
    private readonly policy: SessionPolicy,
    private readonly instances: readonly Instance[],
    devices: number,
  ) {
    this.devices = Array.from({ length: devices }, () => ({
      token: undefined,
      attempt: undefined,
      signsIn: false,
      left: undefined,
    }));
  }

  private get maxSkewMs(): number {
    return Math.max(...this.instances.map(({ skewMs }) => Math.abs(skewMs)));
  }

  async run(command: UnrulyCommand): Promise<void> {
    switch (command.kind) {
      case 'advance':
        this.now += command.ms;
        return;
      case 'signIn':
        return this.signIn(command);
      case 'check':
        return this.check(command);
      case 'logout':
        return this.logout(command);
      case 'revoke':
        return this.revoke(command);
      case 'revokeToken':
      case 'introspect':
        return this.ask(command);
      case 'sweep':
        await sessionFunctions(this.environment(command, 'wx_trigger')).sweep({});
    }
  }

  /** What holds after every command, whatever is under way. */
  verify(): void {
    for (const [token, how] of this.over) {
      const stored = this.stored(token);
      if (stored?.state === 'active') this.broken.push(`${how}, and its session is still there`);
    }
    for (const session of this.sessions.values()) {
      const { slot, tokenHash, expiresAt, absoluteExpiresAt, createdAt } = session;
      const isExpired = expiresAt.getTime() <= this.now - this.maxSkewMs;
      if (isExpired) this.expired.add(tokenHash);
      else if (this.expired.has(tokenHash)) {
        this.broken.push(`slot ${slot} had expired by every clock, and was renewed`);
      }
      if (expiresAt > absoluteExpiresAt) this.broken.push(`slot ${slot} outlives its absolute end`);
      if (absoluteExpiresAt.getTime() !== createdAt.getTime() + this.policy.absoluteLifetimeMs) {
        this.broken.push(`the absolute end of slot ${slot} was moved`);
      }
    }
  }

  private async signIn(command: Extract<UnrulyCommand, { kind: 'signIn' }>): Promise<void> {
    const device = this.devices[command.device];
    // The client makes one sign-in at a time.
    if (device === undefined || device.signsIn) return;
    device.signsIn = true;
    device.attempt ??= `attempt-${String((this.attempts += 1)).padStart(16, '0')}`;
    const { attempt, token: held = device.left } = device;
    const reply = await this.call('login', command, {
      device: { name: `device ${command.device}` },
      attempt,
      ...(held !== undefined && { sessionToken: held }),
    });
    device.signsIn = false;
    if (!reply.ok) return;
    const token = String(reply['sessionToken']);
    const arrives = !command.replyIsLost && device.attempt === attempt;
    this.issued.push({ token, issuedAt: this.now, device: arrives ? command.device : undefined });
    if (!arrives) return;
    device.token = token;
    device.attempt = undefined;
  }

  private async check(command: Extract<UnrulyCommand, { kind: 'check' }>): Promise<void> {
    const device = this.devices[command.device];
    const token = device?.token;
    if (device === undefined || token === undefined) return;
    const wasOver = this.over.get(token);
    const reply = await this.call('session', command, { action: 'check', sessionToken: token });
    if (reply.ok && wasOver !== undefined) this.broken.push(`${wasOver}, and a check succeeds`);
    if (reply.ok || device.token !== token) return;
    if (!String(reply.code).startsWith('SESSION_')) return;
    // A device whose sign-in got no reply has taken the place of its own session.
    const tookItsOwn = device.attempt !== undefined;
    if (reply.code !== 'SESSION_EXPIRED' && !this.over.has(token) && !tookItsOwn) {
      this.surprised.push(`device ${command.device} is told ${String(reply.code)}`);
    }
    device.token = undefined;
  }

  private async logout(command: Extract<UnrulyCommand, { kind: 'logout' }>): Promise<void> {
    const device = this.devices[command.device];
    const token = device?.token;
    if (device === undefined || token === undefined) return;
    const { scope, askedAgoMs } = command;
    // Signed out at once on the device; the cloud hears of it now, or late.
    if (scope !== 'others') {
      device.token = undefined;
      device.left = token;
    }
    const askedAt = this.now - askedAgoMs;
    const before =
      askedAgoMs === 0
        ? this.issued.map((issued) => issued.token)
        : this.issued
            .filter(({ issuedAt }) => issuedAt <= askedAt - 2 * this.maxSkewMs)
            .map((issued) => issued.token);
    const reply = await this.call('logout', command, { sessionToken: token, scope, askedAgoMs });
    if (!reply.ok) return;
    if (device.left === token) device.left = undefined;
    const ended =
      scope === 'this' ? [token] : [...before, ...(scope === 'everywhere' ? [token] : [])];
    for (const each of ended) {
      if (scope === 'others' && each === token) continue;
      this.over.set(each, `signed out with scope ${scope}`);
    }
    // Others may have been ended that did not have to be: that is no surprise either.
    if (scope !== 'this') for (const { token: each } of this.issued) this.mayBeOver(each);
  }

  private mayBeOver(token: string): void {
    if (this.stored(token)?.state !== 'active' && !this.over.has(token)) {
      this.over.set(token, 'ended along with others');
    }
  }

  private async revoke(command: Extract<UnrulyCommand, { kind: 'revoke' }>): Promise<void> {
    const token = this.devices[command.device]?.token;
    const target = this.issued.at(-1 - command.back)?.token;
    if (token === undefined || target === undefined) return;
    const read = readToken(target);
    if (read === undefined) throw new Error('an issued token is one');
    const sessionId = publicSessionId(read.hash);
    const reply = await this.call('session', command, {
      action: 'revoke',
      sessionToken: token,
      sessionId,
    });
    if (reply.ok) this.over.set(target, 'revoked');
  }

  private stored(token: string): Session | undefined {
    const read = readToken(token);
    const found = read && this.sessions.get(read.id);
    return found?.tokenHash === read?.hash ? found : undefined;
  }

  private call(
    name: 'login' | 'logout' | 'session',
    command: Exclude<UnrulyCommand, { kind: 'advance' }>,
    event: object,
  ): Promise<Reply> {
    const environment = this.environment(command, 'wx_client');
    if (command.over === 'http') return callGateway(environment, name, event);
    return sessionFunctions(environment)[name](event) as Promise<object> as Promise<Reply>;
  }

  /** A backend that asks the gateway about a token. */
  private async ask(
    command: Extract<UnrulyCommand, { kind: 'revokeToken' | 'introspect' }>,
  ): Promise<void> {
    const token = this.issued.at(-1 - command.back)?.token;
    if (token === undefined) return;
    const gateway = gatewayOf(this.environment(command, 'wx_http'));
    if (command.kind === 'revokeToken') {
      const { status } = await gateway.ask('/v1/revoke', token);
      if (status === 200) this.over.set(token, 'revoked by a backend');
      return;
    }
    const wasOver = this.over.get(token);
    const { body } = await gateway.ask('/v1/introspect', token);
    if (body['active'] === true && wasOver !== undefined) {
      this.broken.push(`${wasOver}, and introspection says that it is active`);
    }
    // Beyond the limit of the instance that was asked: ended by that.
    if (body['active'] === false) this.mayBeOver(token);
  }

  private environment(
    { instance, during }: Exclude<UnrulyCommand, { kind: 'advance' }>,
    source: string,
  ): FunctionEnvironment {
    const { skewMs, sessionsPerUser } = this.instances[instance % this.instances.length] ?? {
      skewMs: 0,
      sessionsPerUser: 1,
    };
    return {
      getWXContext: () => wxContextOf(LIN, source),
      store: during === undefined ? this.store : this.interrupted(during),
      policy: { ...this.policy, sessionsPerUser },
      now: () => new Date(this.now + skewMs),
      log: () => undefined,
    };
  }

  /** The store of one call, in the middle of which something else happens. */
  private interrupted({
    before,
    command,
  }: {
    before: number;
    command: UnrulyCommand;
  }): SessionStore {
    let operations = 0;
    const entries = Object.entries(this.store).map(([name, operation]) => [
      name,
      async (...args: unknown[]): Promise<unknown> => {
        operations += 1;
        if (operations === before) {
          await this.run(command);
          this.verify();
        }
        return Reflect.apply(operation as () => unknown, this.store, args) as Promise<unknown>;
      },
    ]);
    return Object.fromEntries(entries) as SessionStore;
  }
}

const gatewayOf = (environment: FunctionEnvironment): TestGateway =>
  new TestGateway({ environment });

/** The same calls over HTTP, with what came back in the contract's terms. */
async function callGateway(
  environment: FunctionEnvironment,
  name: 'login' | 'logout' | 'session',
  event: object,
): Promise<Reply> {
  const gateway = gatewayOf(environment);
  const { sessionToken, action, sessionId, ...rest } = event as Record<string, unknown>;
  const headers = bearer(String(sessionToken));
  const answer =
    name === 'login'
      ? gateway.login(LIN.openid, { ...rest, ...(sessionToken !== undefined && { sessionToken }) })
      : name === 'logout'
        ? gateway.logout(String(sessionToken), rest)
        : action === 'check'
          ? gateway.check(String(sessionToken))
          : gateway.send({ method: 'DELETE', path: `/v1/sessions/${String(sessionId)}`, headers });
  const { status, body } = await answer;
  return status === 200 ? { ...body, ok: true } : { ok: false, code: String(body['code']) };
}
