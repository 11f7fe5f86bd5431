/**
 * Runs commands against the real functions and two plain models, of the phones' sessions and of the
 * web pages', and compares after each.
 */
import {
  hashSecret,
  parseToken,
  publicSessionId,
  readToken,
  StoreUnavailableError,
  verifySession,
  type SessionPolicy,
} from '#functions/testing';
import { expect } from '@jest/globals';
import { LIN, ZHOU } from '../people';
import { PEOPLE, type Person } from './session-commands';
import { isActive, SessionModel, type KnownToken, type Slot } from './session-model';
import type { WebCommand, WebFault } from './web-sign-in-commands';
import { WebSignInWorld, type PageCodes, type WebStores } from './web-sign-in-world';
import { storesWith, storeWith, type AroundOperation } from './ways-in-world';

interface Page extends PageCodes {
  expiresAt: number;
  state: 'pending' | 'denied' | 'approved' | 'redeemed';
  approvedBy?: KnownToken;
}

/** Longer than the phones' sessions last, as a rule. */
const GRANT_LIFETIME_MS = 5 * 60_000;
const callers = { lin: LIN, zhou: ZHOU };
const callerOf = (person: string) => callers[person as Person];

/** The rules are the same for web pages, with numbers of their own. */
const webPolicyOf = (policy: SessionPolicy): SessionPolicy => ({
  ...policy,
  sessionsPerUser: policy.webSessionsPerUser,
  idleLifetimeMs: policy.webIdleLifetimeMs,
  absoluteLifetimeMs: policy.webAbsoluteLifetimeMs,
  renewAfterMs: policy.webIdleLifetimeMs / 8,
});

export class WebSignInRun {
  readonly met = new Map<string, number>();
  private readonly world: WebSignInWorld;
  private readonly phone: SessionModel;
  private readonly web: SessionModel;
  private readonly pages: Page[] = [];

  constructor(policy: SessionPolicy) {
    this.world = new WebSignInWorld(policy);
    this.phone = new SessionModel(policy);
    this.web = new SessionModel(webPolicyOf(policy));
  }

  async run(command: WebCommand): Promise<void> {
    this.count(command.kind);
    await this.take(command);
    this.checkPromises();
  }

  private async take(command: WebCommand): Promise<void> {
    const { world } = this;
    switch (command.kind) {
      case 'login':
        return this.login(command.person);
      case 'ask': {
        const page = await world.asks();
        this.pages.push({ ...page, state: 'pending', expiresAt: world.now + GRANT_LIFETIME_MS });
        return;
      }
      case 'letIn': {
        const { phone } = command;
        await this.take({ kind: 'ask' });
        await this.take({ kind: 'approve', phone, page: 0, fault: undefined });
        return this.take({ kind: 'poll', page: 0, fault: undefined, isLost: false });
      }
      case 'approve':
      case 'deny':
        return this.decide(command);
      case 'poll':
        return this.poll(command);
      case 'check':
        return this.check(command.on, this.token(command.on, command.token));
      case 'logout':
        return this.logout(command);
      case 'end':
        return this.end(command);
      case 'limit':
        world.policy = { ...world.policy, webSessionsPerUser: command.webSessionsPerUser };
        this.web.policy = webPolicyOf(world.policy);
        return;
      case 'advance': {
        const { renewAfterMs, idleLifetimeMs, absoluteLifetimeMs } = this.web.policy;
        world.now += {
          millisecond: 1,
          renewal: renewAfterMs,
          idle: idleLifetimeMs,
          absolute: absoluteLifetimeMs,
          expiry: GRANT_LIFETIME_MS,
        }[command.by];
      }
    }
  }

  private async login(person: Person): Promise<void> {
    const { now, policy } = this.world;
    const slot =
      policy.sessionsPerUser === 1 ? 0 : this.phone.slotFor(person, undefined, undefined, now);
    const reply = await this.world.call('login', callers[person], {});
    this.phone.signIn(person, slot, String(reply['sessionToken']), device, now);
  }

  private async decide({
    kind,
    phone,
    page: back,
    fault,
  }: Extract<WebCommand, { kind: 'approve' | 'deny' }>): Promise<void> {
    const known = this.token('phone', phone);
    const page = this.pages.at(-1 - back);
    if (known === undefined || page === undefined) return;
    const { now } = this.world;
    const verdict = this.phone.verdict(known.person, known.token, now);
    const { stores, done } = this.broken(fault, kind);
    const event = { action: kind, sessionToken: known.token, userCode: page.userCode };
    const reply = await this.world.authorize(callerOf(known.person), event, stores);
    if (done.includes('renew') && verdict.code === 'OK') this.phone.renew(verdict.slot, now);
    if (done.includes('remove'))
      this.phone.forget(known.person, (slot) => slot === surplus(verdict));
    const isOpen = page.state === 'pending' && now < page.expiresAt;
    if (verdict.code === 'OK' && done.includes(kind) && isOpen) {
      page.state = kind === 'approve' ? 'approved' : 'denied';
      if (kind === 'approve') page.approvedBy = known;
    }
    if (reply.code === 'UNAVAILABLE') {
      expect(fault).toBeDefined();
      return;
    }
    this.count(`${kind} ${reply.ok ? 'ok' : String(reply.code)}`);
    if (verdict.code !== 'OK') {
      expect(reply.code).toBe(verdict.code);
      return;
    }
    const isIn =
      page.state === 'redeemed'
        ? page.approvedBy?.person === known.person
        : page.state === 'approved' && page.approvedBy?.token === known.token;
    const isSo = kind === 'deny' ? page.state === 'denied' : isIn;
    if (isSo) {
      expect(reply.ok).toBe(true);
      return;
    }
    const reason = page.state === 'pending' ? 'expired' : 'used';
    expect(reply).toMatchObject({ ok: false, detail: { field: 'userCode', reason } });
  }

  private async poll(command: Extract<WebCommand, { kind: 'poll' }>): Promise<void> {
    const page = this.pages.at(-1 - command.page);
    if (page === undefined) return;
    const { now } = this.world;
    const expected = this.answerTo(page);
    const { stores, done } = this.broken(command.fault, 'poll');
    const { status, body } = await this.world.polls(page, stores);
    const { approvedBy } = page;
    const isTold = status === 200 && !command.isLost;
    if (expected === 'token' && done.includes('redeem') && approvedBy !== undefined) {
      page.state = 'redeemed';
      const slot = this.web.slotFor(approvedBy.person, undefined, undefined, now);
      const token = isTold ? String(body['access_token']) : undefined;
      this.web.signIn(approvedBy.person, slot, token, device, now);
    }
    if (status === 503) {
      expect(command.fault).toBeDefined();
      return;
    }
    const answer = status === 200 ? 'token' : body['error'];
    this.count(`poll ${String(answer)}`);
    expect(answer).toBe(expected);
  }

  private answerTo(page: Page): string {
    const { now } = this.world;
    if (page.state === 'redeemed') return 'invalid_grant';
    if (page.state === 'denied') return 'access_denied';
    if (now >= page.expiresAt) return 'expired_token';
    const { approvedBy } = page;
    if (approvedBy === undefined) return 'authorization_pending';
    const { code } = this.phone.verdict(approvedBy.person, approvedBy.token, now);
    return code === 'OK' ? 'token' : 'access_denied';
  }

  private async check(on: 'phone' | 'web', known: KnownToken | undefined): Promise<void> {
    if (known === undefined) return;
    const { now } = this.world;
    const model = this[on];
    const verdict = model.verdict(known.person, known.token, now);
    if (on === 'web') {
      // By callFunction a page's token is worth nothing, even to the person.
      const event = { action: 'check', sessionToken: known.token };
      const byCall = await this.world.call('session', callerOf(known.person), event);
      expect(byCall.ok).toBe(false);
      expect((await this.world.opens(known.token)).status).toBe(verdict.code === 'OK' ? 200 : 401);
    } else {
      const event = { action: 'check', sessionToken: known.token };
      const reply = await this.world.call('session', callerOf(known.person), event);
      expect(reply.ok ? 'OK' : reply.code).toBe(verdict.code);
    }
    this.count(`${on} ${verdict.code}`);
    if (verdict.code === 'OK' && model.isRenewalDue(verdict.slot, now)) {
      model.renew(verdict.slot, now);
    }
    model.forget(known.person, (slot) => slot === surplus(verdict));
  }

  private async logout(command: Extract<WebCommand, { kind: 'logout' }>): Promise<void> {
    const { on, scope } = command;
    const known = this.token(on, command.token);
    if (known === undefined) return;
    const { now } = this.world;
    const { person, token } = known;
    const verdict = this[on].verdict(person, token, now);
    const own = this[on].slotOf(person, token);
    let isDone = true;
    if (on === 'phone') {
      const event = { sessionToken: token, scope };
      expect(await this.world.call('logout', callerOf(person), event)).toMatchObject({ ok: true });
    } else {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ scope }) };
      const { status } = await this.world.send('/v1/logout', init);
      isDone = scope === 'this' ? isActive(own) : verdict.code === 'OK';
      expect(status).toBe(isDone ? 200 : 401);
      if (scope !== 'this') this.web.forget(person, (slot) => slot === surplus(verdict));
    }
    if (!isDone) return;
    if (scope === 'this') {
      this[on].forget(person, (slot) => slot === own && isActive(slot));
      return;
    }
    for (const model of [this.phone, this.web]) {
      model.revoke(model.endedBy(person, own, { scope, askedAgoMs: 0 }, now), '', now);
    }
  }

  private async end(command: Extract<WebCommand, { kind: 'end' }>): Promise<void> {
    const known = this.token('phone', command.token);
    const target = this.token(command.on, command.target);
    const parsed = target && parseToken(target.token);
    if (known === undefined || target === undefined || parsed === undefined) return;
    const { now } = this.world;
    const { person, token: sessionToken } = known;
    const verdict = this.phone.verdict(person, sessionToken, now);
    const sessionId = publicSessionId(hashSecret(parsed.secret));
    const event = { action: 'revoke', sessionToken, sessionId };
    const reply = await this.world.call('session', callerOf(person), event);
    this.phone.forget(person, (slot) => slot === surplus(verdict));
    if (verdict.code !== 'OK') {
      expect(reply.code).toBe(verdict.code);
      return;
    }
    const slot =
      target.person === person ? this[command.on].slotOf(person, target.token) : undefined;
    expect(reply.ok).toBe(slot !== undefined);
    if (isActive(slot)) this[command.on].revoke([slot], '', now);
  }

  private checkPromises(): void {
    const { now, policy, sessions } = this.world;
    const stored = [...sessions.values()];
    for (const person of PEOPLE) {
      for (const on of ['phone', 'web'] as const) {
        // (b), and that the database holds exactly what the model says.
        const own = stored.filter(
          ({ openid, client }) =>
            openid === callers[person].openid && (client !== undefined) === (on === 'web'),
        );
        const shape = (slot: number, state: string, end: number) => `${slot} ${state} ${end}`;
        expect(
          own.map(({ slot, state, expiresAt }) => shape(slot, state, expiresAt.getTime())).sort(),
        ).toEqual(
          this[on]
            .slots(person)
            .flatMap((slot, index) =>
              slot === undefined
                ? []
                : [shape(index, isActive(slot) ? 'active' : 'revoked', slot.idleEnd)],
            )
            .sort(),
        );
        const { sessionsPerUser } = this[on].policy;
        expect(this[on].live(person, now).length).toBeLessThanOrEqual(sessionsPerUser);
      }
    }
    // (d)
    for (const { client, createdAt, expiresAt, absoluteExpiresAt } of stored) {
      const lifetime =
        client === undefined ? policy.absoluteLifetimeMs : policy.webAbsoluteLifetimeMs;
      expect(absoluteExpiresAt.getTime()).toBe(createdAt.getTime() + lifetime);
      expect(expiresAt.getTime()).toBeLessThanOrEqual(absoluteExpiresAt.getTime());
    }
    // (e): nobody makes a code or a token from what is stored or logged.
    const tokens = [...this.phone.tokens, ...this.web.tokens].slice(-8);
    const kept = JSON.stringify([stored, [...this.world.grants.values()], this.world.lines.at(-1)]);
    const secrets = [
      ...tokens.map(({ token }) => token.split('.')[1] ?? ''),
      ...this.pages.slice(-3).map(({ deviceCode }) => deviceCode.split('.')[1] ?? ''),
    ];
    expect(secrets.filter((secret) => secret === '' || kept.includes(secret))).toEqual([]);
    // (a) and (c)
    for (const on of ['phone', 'web'] as const) {
      for (const { person, token } of this[on].tokens.slice(-8)) {
        const read = readToken(token);
        if (read === undefined) throw new Error('this is no token');
        const found = verifySession(sessions.get(read.id), read.hash, policy, new Date(now));
        const { code } = this[on].verdict(person, token, now);
        expect(found.ok ? 'OK' : found.code).toBe(code);
      }
    }
  }

  private token(on: 'phone' | 'web', back: number): KnownToken | undefined {
    return this[on].tokens.at(-1 - back);
  }

  /** The stores for one call, of which one operation fails; `done`: those that took place. */
  private broken(fault: WebFault | undefined, what: string): { stores: WebStores; done: string[] } {
    const done: string[] = [];
    let operations = 0;
    const around: AroundOperation = async (perform, name) => {
      const isHit = ++operations === fault?.at;
      const fail = () => {
        this.count(`${what}: ${name} failed ${String(fault?.when)}`);
        throw new StoreUnavailableError(name, new Error('timed out'));
      };
      if (isHit && fault.when === 'before') fail();
      const result = await perform();
      done.push(name);
      if (isHit) fail();
      return result;
    };
    const { webStores } = this.world;
    const grants = storeWith(webStores.grants, around);
    return { stores: { ...storesWith(webStores, around), grants }, done };
  }

  private count(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }
}

const device = { device: '', attempt: undefined };

function surplus(verdict: ReturnType<SessionModel['verdict']>): Slot | undefined {
  return verdict.code === 'SESSION_MISSING' ? verdict.surplus : undefined;
}
