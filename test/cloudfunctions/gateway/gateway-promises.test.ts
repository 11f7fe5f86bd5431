/**
 * Random histories through the gateway, of people who also use the functions, against the same model as
 * `promises/model.test.ts`: a token answers 200 where the model says it is good, and the one 401 everywhere else.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createGatewayApp } from '../../../cloudfunctions/gateway/gateway-app';
import { functionEntry } from '../../../cloudfunctions/shared/session/function-entry';
import type { Session } from '../../../cloudfunctions/shared/session/session';
import { logIn } from '../../../cloudfunctions/shared/session/session-actions';
import type { SessionPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import type { SessionId } from '../../../cloudfunctions/shared/session/session-token';
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
  | { kind: 'logout'; token: number; scope: 'this' | 'others' | 'everywhere' }
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
  }),
  fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 60 }) }),
);

class GatewayRun {
  private now = AT;
  private readonly sessions = new Map<SessionId, Session>();
  private readonly model: SessionModel;
  private readonly environment;
  private readonly app;

  constructor(private readonly policy: SessionPolicy) {
    this.model = new SessionModel(policy);
    this.environment = {
      store: memorySessionStore(this.sessions),
      policy,
      now: () => new Date(this.now),
      log: () => undefined,
    };
    this.app = createGatewayApp({
      environment: this.environment,
      config: {
        apps: [{ platform: 'wechat', appid: APPID, secret: 's' }],
        client: { id: 'c', secret: 's' },
        corsOrigins: [],
        urls: { wechat: '', qq: '' },
      },
      exchangeCode: (_app, code) => Promise.resolve({ ok: true, openid: code }),
      limitExchange: () => Promise.resolve({ ok: true }),
    });
  }

  async run(command: Command): Promise<void> {
    if (command.kind === 'advance') this.now += command.by;
    else if ('person' in command) {
      await this.login(command.person, command.kind === 'loginByCall');
    } else await this.use(command);
    for (const person of PEOPLE) {
      const live = [...this.sessions.values()].filter(
        ({ openid, state, expiresAt }) =>
          openid === person && state === 'active' && expiresAt.getTime() > this.now,
      );
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
      ? await functionEntry('login', { ...this.environment, getWXContext }, logIn)({ device })
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
    switch (command.kind) {
      case 'check': {
        expect((await this.send('GET', '/v1/session', { token })).status).toBe(own ? 200 : 401);
        if (own && model.isRenewalDue(own, now)) model.renew(own, now);
        return;
      }
      case 'list': {
        const { status, body } = await this.send('GET', '/v1/sessions', { token });
        expect(status).toBe(own ? 200 : 401);
        if (own) expect(body['sessions']).toHaveLength(model.live(person, now).length);
        return;
      }
      case 'introspect': {
        const { body } = await this.send('POST', '/v1/introspect', { form: token });
        expect(body).toMatchObject({ active: own !== undefined });
        return;
      }
      case 'revokeToken': {
        expect((await this.send('POST', '/v1/revoke', { form: token })).status).toBe(200);
        if (own) model.forget(person, (slot) => slot === own);
        return;
      }
      case 'end': {
        const target = model.tokens.at(-1 - command.target);
        const slot = target?.person === person ? model.slots(person)[target.slot] : undefined;
        const id = target?.token.split('.')[0] ?? 'none';
        const { status } = await this.send('DELETE', `/v1/sessions/${id}`, { token });
        expect(status).toBe(own === undefined ? 401 : slot === undefined ? 404 : 200);
        if (own && isActive(slot)) model.revoke([slot], own.device, now);
        return;
      }
      case 'logout': {
        const { scope } = command;
        const { status } = await this.send('POST', '/v1/logout', { token, body: { scope } });
        expect(status).toBe(own ? 200 : 401);
        if (own === undefined) return;
        if (scope === 'this' || this.policy.sessionsPerUser === 1) {
          if (scope !== 'others') model.forget(person, (slot) => slot === own);
          return;
        }
        const ended = model
          .live(person, now)
          .filter((slot) => scope === 'everywhere' || slot !== own);
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
        ...(form !== undefined && { authorization: `Basic ${btoa('c:s')}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(form !== undefined && { body: new URLSearchParams({ token: form }) }),
    });
    const response = await this.app.fetch(request, { clientAddress: '127.0.0.1' });
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
