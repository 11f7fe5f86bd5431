/**
 * The gateway without a server: the function as the cloud calls it, on stores in memory and a clock
 * of the test's own.
 */
import {
  gatewayEntry,
  type GatewayConfig,
  type ExchangeCode,
  createWindowedLimit,
  WINDOWS_AHEAD,
  type CounterStore,
  type FunctionEnvironment,
  type Session,
  defaultPolicy,
  type SessionPolicy,
  type SessionId,
  createLoginLimit,
} from '#functions/testing';
import { countingSessionStore } from './counting-session-store';
import { memorySessionStore } from './memory-session-store';
import { AT } from './sessions';

export const CLIENT = { id: 'billing', secret: '0123456789abcdef0123456789abcdef' };
export const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

export const gatewayConfig = (changes: Partial<GatewayConfig> = {}): GatewayConfig => ({
  apps: [{ provider: 'wechat', appid: 'wx-app', secret: 'app-secret' }],
  client: { id: CLIENT.id, secrets: [CLIENT.secret] },
  corsOrigins: [],
  addressHeader: undefined,
  sites: [],
  verificationUri: undefined,
  urls: { wechat: '', qq: '' },
  ...changes,
});

/** Like those in the cloud, which all instances share. */
export function memoryCounters(): CounterStore & { counts: Map<string, number> } {
  const windows = new Map<string, number>();
  const counts = new Map<string, number>();
  return {
    counts,
    take(id, window, limit) {
      const counted = windows.get(id) ?? -Infinity;
      const isNow = counted >= window && counted <= window + WINDOWS_AHEAD;
      const count = isNow ? (counts.get(id) ?? 0) : 0;
      if (count >= limit) return Promise.resolve(false);
      windows.set(id, isNow ? counted : window);
      counts.set(id, count + 1);
      return Promise.resolve(true);
    },
  };
}

export interface GatewayRequest {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  body?: string;
  /** What the cloud adds to the documented event. */
  requestContext?: object;
  /** What the runtime gives as the second argument. */
  context?: unknown;
}

export interface GatewayAnswer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

export interface TestGatewayOptions {
  config?: GatewayConfig;
  policy?: Partial<SessionPolicy>;
  counters?: CounterStore;
  sessions?: Map<SessionId, Session>;
  /** Default: the code of a person is their OPENID. */
  exchangeCode?: ExchangeCode;
  wxContext?: () => Record<string, unknown>;
  /** Instead of one of its own. */
  environment?: FunctionEnvironment;
  /** Without it, nobody signs in with a password. */
  passwords?: Parameters<typeof gatewayEntry>[0]['passwords'];
}

export class TestGateway {
  now = AT;
  readonly lines: string[] = [];
  readonly sessions: Map<SessionId, Session>;
  readonly store;
  readonly environment: FunctionEnvironment;
  readonly codes: string[] = [];
  private readonly main;

  constructor(options: TestGatewayOptions = {}) {
    this.sessions = options.sessions ?? new Map<SessionId, Session>();
    this.store = countingSessionStore(
      memorySessionStore({ sessions: this.sessions, now: () => this.now }),
    );
    const policy = { ...defaultPolicy, ...options.policy };
    this.environment = options.environment ?? {
      getWXContext: options.wxContext ?? (() => ({ SOURCE: 'wx_http' })),
      store: this.store,
      policy,
      now: () => new Date(this.now),
      log: (line) => this.lines.push(line),
      limitLogins: createLoginLimit(policy),
    };
    const exchangeCode: ExchangeCode =
      options.exchangeCode ?? ((_app, code) => Promise.resolve({ ok: true, openid: code }));
    this.main = gatewayEntry({
      environment: {
        ...this.environment,
        getWXContext: options.wxContext ?? (() => ({ SOURCE: 'wx_http' })),
      },
      config: options.config ?? gatewayConfig(),
      exchangeCode: (app, code) => {
        this.codes.push(code);
        return exchangeCode(app, code);
      },
      limit: createWindowedLimit(options.counters ?? memoryCounters()),
      ...(options.passwords !== undefined && { passwords: options.passwords }),
    });
  }

  async send(request: GatewayRequest): Promise<GatewayAnswer> {
    const { method = 'GET', path, headers = {}, query = {}, body = '' } = request;
    const event = {
      path,
      httpMethod: method,
      headers,
      queryStringParameters: query,
      requestContext: { requestId: 'r', envId: 'e', appId: 1, uin: 1, ...request.requestContext },
      body,
      isBase64Encoded: false,
    };
    const reply = await this.main(event, request.context);
    const answered = reply.body === '' ? {} : (JSON.parse(reply.body) as Record<string, unknown>);
    return { status: reply.statusCode, headers: reply.headers, body: answered };
  }

  post(path: string, body: object, more: Partial<GatewayRequest> = {}): Promise<GatewayAnswer> {
    const headers = { 'content-type': 'application/json', ...more.headers };
    return this.send({ ...more, method: 'POST', path, headers, body: JSON.stringify(body) });
  }

  /** As the backend that may ask about tokens. */
  ask(path: string, token: string, more: Partial<GatewayRequest> = {}): Promise<GatewayAnswer> {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basic(`${CLIENT.id}:${CLIENT.secret}`),
      ...more.headers,
    };
    const body = new URLSearchParams({ token }).toString();
    return this.send({ ...more, method: 'POST', path, headers, body });
  }

  login(code: string, more: object = {}, request: Partial<GatewayRequest> = {}) {
    return this.post('/v1/login', { platform: 'wechat', appid: 'wx-app', code, ...more }, request);
  }

  async signIn(code: string, more: object = {}): Promise<string> {
    const { status, body } = await this.login(code, more);
    if (status !== 200) throw new Error(`no sign-in: ${JSON.stringify(body)}`);
    return String(body['sessionToken']);
  }

  logout(token: string, body: object = {}): Promise<GatewayAnswer> {
    return this.post('/v1/logout', body, { headers: bearer(token) });
  }

  check(token: string): Promise<GatewayAnswer> {
    return this.send({ path: '/v1/session', headers: bearer(token) });
  }

  /** The last line of the log. */
  lastLine(): Record<string, unknown> {
    return JSON.parse(this.lines.at(-1) ?? '{}') as Record<string, unknown>;
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
