/**
 * Random histories through the gateway, of people who also use the functions, with a limit that
 * changes, against the same model as `promises/model.test.ts`: a token answers 200 where the model
 * says it is good, and the one 401 everywhere else.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createGatewayApp } from '../../../cloudfunctions/gateway/gateway-app';
import { createWindowedLimit } from '../../../cloudfunctions/shared/counters/windowed-limit';
import { functionEntry } from '../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../cloudfunctions/shared/session/login-action';
import { readToken } from '../../../cloudfunctions/shared/session/open-session';
import { isLive, type Session } from '../../../cloudfunctions/shared/session/session';
import type { SessionPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import {
  publicSessionId,
  type SessionId,
} from '../../../cloudfunctions/shared/session/session-token';
import { basic, CLIENT, gatewayConfig } from '../../support/gateway';
import { memorySessionStore } from '../../support/memory-session-store';
import { PEOPLE, policies, type Person } from '../../support/promises/session-commands';
import { isActive, SessionModel } from '../../support/promises/session-model';
import { AT } from '../../support/sessions';

const APPID = 'wx-app';
const { SOAK_SEED = '20260115' } = process.env;

type Command =
  | { kind: 'login' | 'loginByCall'; person: Person }
  | { kind: 'check' | 'list' | 'introspect' | 'revokeToken'; token: number }
  | { kind: 'end'; token: number; target: number }
  | {
      kind: 'logout';
      token: number;
      scope: 'this' | 'others' | 'everywhere';
      askedAgoMs: number;
    }
  | { kind: 'limit'; sessionsPerUser: number }
  | { kind: 'advance'; by: number };

const person = fc.constantFrom(...PEOPLE);
const token = fc.integer({ min: 0, max: 5 });
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constantFrom('login' as const, 'loginByCall' as const), person }),
  fc.record({
    kind: fc.constantFrom(
      'check' as const,
      'list' as const,
      'introspect' as const,
      'revokeToken' as const,
    ),
    token,
  }),
  fc.record({ kind: fc.constant('end' as const), token, target: token }),
  fc.record({
    kind: fc.constant('logout' as const),
    token,
    scope: fc.constantFrom('this' as const, 'others' as const, 'everywhere' as const),
    askedAgoMs: fc.constantFrom(0, 0, 1, 10, 40, 1e15),
  }),
  fc.record({ kind: fc.constant('limit' as const), sessionsPerUser: fc.constantFrom(1, 2, 3) }),
  fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 60 }) }),
);

class GatewayRun {
  private now = AT;
  private readonly sessions = new Map<SessionId, Session>();
  private readonly model: SessionModel;
  private readonly store = memorySessionStore({ sessions: this.sessions, now: () => this.now });
  private app;

  constructor(private policy: SessionPolicy) {
    this.model = new SessionModel(policy);
    this.app = this.deploy();
  }

  private get environment() {
    return {
      store: this.store,
      policy: this.policy,
      now: () => new Date(this.now),
      log: () => undefined,
    };
  }

  private deploy() {
    return createGatewayApp({
      environment: this.environment,
      config: gatewayConfig({ apps: [{ provider: 'wechat', appid: APPID, secret: 's' }] }),
      exchangeCode: (_app, code) => Promise.resolve({ ok: true, openid: code }),
      limit: createWindowedLimit({ take: () => Promise.resolve(true) }),
    });
  }

  async run(command: Command): Promise<void> {
    if (command.kind === 'advance') this.now += command.by;
    else if (command.kind === 'limit') {
      this.policy = { ...this.policy, sessionsPerUser: command.sessionsPerUser };
      this.model.policy = this.policy;
      this.app = this.deploy();
    } else if ('person' in command) {
      await this.login(command.person, command.kind === 'loginByCall');
    } else await this.use(command);
    for (const person of PEOPLE) {
      const active = [...this.sessions.values()].filter(
        ({ openid, state }) => openid === person && state === 'active',
      );
      expect(active).toHaveLength(this.model.slots(person).filter(isActive).length);
      const live = active.filter((session) => isLive(session, this.policy, new Date(this.now)));
      expect(live).toHaveLength(this.model.live(person, this.now).length);
      expect(live.length).toBeLessThanOrEqual(this.policy.sessionsPerUser);
    }
  }

  private async login(person: Person, byCall: boolean): Promise<void> {
    const slot =
      this.policy.sessionsPerUser === 1
        ? 0
        : this.model.slotFor(person, undefined, undefined, this.now);
    const device = { name: byCall ? 'call' : 'http' };
    const getWXContext = () => ({ OPENID: person, APPID, SOURCE: 'wx_client' });
    const reply = byCall
      ? await functionEntry('login', { ...this.environment, getWXContext }, loginAction)({ device })
      : (
          await this.send('POST', '/v1/login', {
            body: { platform: 'wechat', appid: APPID, code: person, device },
          })
        ).body;
    const { sessionToken } = reply as { sessionToken: string };
    this.model.signIn(
      person,
      slot,
      sessionToken,
      { device: device.name, attempt: undefined },
      this.now,
    );
  }

  private async use(command: Extract<Command, { token: number }>) {
    const known = this.model.tokens.at(-1 - command.token);
    if (known === undefined) return;
    const { token, person } = known;
    const { now, model } = this;
    const verdict = model.verdict(person, token, now);
    const own = verdict.code === 'OK' ? verdict.slot : undefined;
    const held = model.slotOf(person, token);
    const opensBy = (status: number): void => {
      expect(status).toBe(own ? 200 : 401);
      // Whoever was refused for the limit stays refused.
      const surplus = verdict.code === 'SESSION_MISSING' ? verdict.surplus : undefined;
      model.forget(person, (slot) => slot === surplus);
    };
    switch (command.kind) {
      case 'check': {
        opensBy((await this.send('GET', '/v1/session', { token })).status);
        if (own && model.isRenewalDue(own, now)) model.renew(own, now);
        return;
      }
      case 'list': {
        const { status, body } = await this.send('GET', '/v1/sessions', { token });
        opensBy(status);
        if (own) expect(body['sessions']).toHaveLength(model.live(person, now).length);
        return;
      }
      case 'introspect': {
        const { body } = await this.send('POST', '/v1/introspect', { form: token });
        opensBy(body['active'] === true ? 200 : 401);
        return;
      }
      case 'revokeToken': {
        expect((await this.send('POST', '/v1/revoke', { form: token })).status).toBe(200);
        if (isActive(held)) model.forget(person, (slot) => slot === held);
        return;
      }
      case 'end': {
        const target = model.tokens.at(-1 - command.target);
        const slot = target?.person === person ? model.slotOf(person, target.token) : undefined;
        const hash = target && readToken(target.token)?.hash;
        const id = hash === undefined ? 'none' : publicSessionId(hash);
        const { status } = await this.send('DELETE', `/v1/sessions/${id}`, { token });
        opensBy(own !== undefined && status === 404 ? 200 : status);
        if (own === undefined) return;
        expect(status).toBe(slot === undefined ? 404 : 200);
        if (isActive(slot)) model.revoke([slot], own.device, now);
        return;
      }
      case 'logout': {
        const { scope, askedAgoMs } = command;
        const body = { scope, askedAgoMs };
        const { status, body: reply } = await this.send('POST', '/v1/logout', { token, body });
        if (scope === 'this') {
          expect(status).toBe(isActive(held) ? 200 : 401);
          if (isActive(held)) model.forget(person, (slot) => slot === held);
          return;
        }
        opensBy(status);
        if (own === undefined) return;
        const ended = model.endedBy(person, own, { scope, askedAgoMs }, now);
        expect(reply).toEqual({ ended: ended.length });
        model.revoke(ended, own.device, now);
      }
    }
  }

  private async send(
    method: string,
    path: string,
    { token, body, form }: { token?: string; body?: object; form?: string } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const request = new Request(`https://gateway.invalid${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(form !== undefined && { authorization: basic(`${CLIENT.id}:${CLIENT.secret}`) }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(form !== undefined && { body: new URLSearchParams({ token: form }) }),
    });
    const response = await this.app.fetch(request, {});
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }
}

test('whatever happens in whatever order, on both sides, the gateway keeps the promises', async () => {
  const property = fc.asyncProperty(
    policies,
    fc.array(commands, { minLength: 1, maxLength: 50, size: 'max' }),
    async (policy, history) => {
      const run = new GatewayRun(policy);
      for (const command of history) await run.run(command);
    },
  );
  await fc.assert(property, { numRuns: 150, seed: Number(SOAK_SEED) });
});
