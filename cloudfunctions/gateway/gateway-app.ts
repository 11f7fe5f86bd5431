/** The routes of the gateway. Every one answers in the contract's own terms, or with a problem (RFC 9457). */
import { timingSafeEqual, createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { Caller } from '../shared/session/caller';
import type { Refusal, Reply } from '../shared/session/contract';
import { actionFor, type Call, type FunctionEnvironment } from '../shared/session/function-entry';
import { logIn, logOut, session } from '../shared/session/session-actions';
import { StoreUnavailableError } from '../shared/session/session-store';
import { publicSessionId } from '../shared/session/session-token';
import type { ExchangeCode } from './exchange-code';
import type { ExchangeLimit } from './exchange-limit';
import type { GatewayConfig } from './gateway-config';
import type { CodeOutcome } from './platforms/platform';
import {
  BAD_CLIENT,
  BAD_TOKEN,
  badRequest,
  FAILED,
  NOT_FOUND,
  problemResponse,
  UNAVAILABLE,
  type Problem,
} from './problem';
import { ownerOf, type TokenOwner } from './token-owner';

export interface GatewayDependencies {
  environment: Omit<FunctionEnvironment, 'getWXContext'>;
  config: GatewayConfig;
  exchangeCode: ExchangeCode;
  limitExchange: ExchangeLimit;
}

interface Bindings {
  clientAddress: string;
}

type RouteContext = Context<{ Bindings: Bindings }>;

const MAX_CODE_LENGTH = 256;

export function createGatewayApp(dependencies: GatewayDependencies): Hono<{ Bindings: Bindings }> {
  const { environment, config } = dependencies;
  const app = new Hono<{ Bindings: Bindings }>();

  app.use(async (c, next) => {
    const cors = corsHeaders(config, c.req.header('origin'));
    if (c.req.method === 'OPTIONS' && cors !== undefined) {
      return new Response(null, { status: 204, headers: { ...cors, ...PREFLIGHT } });
    }
    // A token in an address ends up in logs (RFC 9700, section 4.3.2).
    if (c.req.query('access_token') !== undefined || c.req.query('token') !== undefined) {
      return problemResponse(badRequest('a token does not belong into the address'));
    }
    await next();
    for (const [name, value] of Object.entries(cors ?? {})) c.header(name, value);
    c.header('Cache-Control', 'no-store');
    return undefined;
  });

  route(app, '/v1/login', { POST: (c) => login(c, dependencies) });
  route(app, '/v1/logout', {
    POST: async (c) => {
      const { scope } = await jsonBody(c);
      return withToken(c, dependencies, (token) => [logOut, { sessionToken: token, scope }]);
    },
  });
  route(app, '/v1/session', {
    GET: (c) =>
      withToken(c, dependencies, (sessionToken) => [session, { action: 'check', sessionToken }]),
  });
  route(app, '/v1/sessions', {
    GET: (c) =>
      withToken(c, dependencies, (sessionToken) => [session, { action: 'list', sessionToken }]),
  });
  route(app, '/v1/sessions/:id', {
    DELETE: (c) => {
      const sessionId = c.req.param('id') ?? '';
      return withToken(c, dependencies, (sessionToken) => [
        session,
        { action: 'revoke', sessionToken, sessionId },
      ]);
    },
  });
  route(app, '/v1/introspect', { POST: (c) => introspect(c, dependencies) });
  route(app, '/v1/revoke', { POST: (c) => revoke(c, dependencies) });

  app.notFound(() => problemResponse(NOT_FOUND));
  app.onError((error) => {
    if (error instanceof ProblemError) return problemResponse(error.problem);
    return problemResponse(failureProblem(error, environment.log));
  });
  return app;
}

/** Ends a request with a problem. */
class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** What nobody expected: the database fails, or there is a bug. The log says what. */
export function failureProblem(error: unknown, log: (line: string) => void): Problem {
  const text = error instanceof Error ? error.message : JSON.stringify(error);
  log(JSON.stringify({ event: 'gateway', outcome: 'failed', error: text }));
  const isOutage = error instanceof StoreUnavailableError || hasErrCode(error);
  return isOutage ? UNAVAILABLE : FAILED;
}

/** The SDK numbers its errors, some of which are plain objects. */
function hasErrCode(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errCode' in error;
}

type Handler = (c: RouteContext) => Promise<Response>;

/** Every other method is refused, and told which there are. */
function route(
  app: Hono<{ Bindings: Bindings }>,
  path: string,
  handlers: Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>,
): void {
  // The console may put the function behind a path of its own.
  for (const full of [path, `/gateway${path}`]) {
    for (const [method, handler] of Object.entries(handlers)) app.on(method, full, handler);
    app.all(full, () =>
      problemResponse({
        status: 405,
        title: 'Method not allowed.',
        headers: { Allow: Object.keys(handlers).join(', ') },
      }),
    );
  }
}

async function login(
  c: RouteContext,
  { environment, config, exchangeCode, limitExchange }: GatewayDependencies,
): Promise<Response> {
  const { platform, appid, code, device } = await jsonBody(c);
  const app = config.apps.find((known) => known.platform === platform && known.appid === appid);
  if (app === undefined) return problemResponse(badRequest('platform and appid name no known app'));
  if (typeof code !== 'string' || code === '' || code.length > MAX_CODE_LENGTH) {
    return problemResponse(badRequest('code'));
  }
  const limit = await limitExchange({ clientAddress: c.env.clientAddress, appid: app.appid });
  if (!limit.ok) return problemResponse(tooMany(limit.retryAfterSeconds));
  const outcome = await exchangeCode(app, code);
  if (!outcome.ok) {
    const { reason, errcode } = outcome;
    environment.log(JSON.stringify({ event: 'gateway', action: 'exchange', reason, errcode }));
    return problemResponse(exchangeProblem(outcome));
  }
  const { openid, unionid } = outcome;
  const caller: Caller = { openid, appid: app.appid, ...(unionid !== undefined && { unionid }) };
  return perform(environment, caller, logIn, { device });
}

function exchangeProblem({ reason }: Extract<CodeOutcome, { ok: false }>): Problem {
  switch (reason) {
    case 'bad':
      return badRequest('code');
    case 'tooFrequent':
      return tooMany(60);
    case 'busy':
    case 'misconfigured':
      return UNAVAILABLE;
  }
}

const tooMany = (seconds: number): Problem => ({
  status: 429,
  title: 'Too many requests.',
  headers: { 'Retry-After': String(seconds) },
});

type Action = (call: Call) => Promise<Reply<object>>;

async function withToken(
  c: RouteContext,
  { environment }: GatewayDependencies,
  actionOf: (token: string) => [Action, object],
): Promise<Response> {
  const token = bearerToken(c.req.header('authorization'));
  const owner = token === undefined ? undefined : await findOwner(token, environment);
  if (token === undefined || owner === undefined) return problemResponse(BAD_TOKEN);
  const [action, event] = actionOf(token);
  return perform({ ...environment, store: owner.store }, owner.caller, action, event);
}

async function introspect(c: RouteContext, { environment, config }: GatewayDependencies) {
  const token = await tokenOfClient(c, config);
  const owner = await findOwner(token, environment);
  if (owner === undefined) return c.json({ active: false });
  const { openid, appid, createdAt, expiresAt, tokenHash } = owner.session;
  const seconds = (time: Date): number => Math.floor(time.getTime() / 1_000);
  return c.json({
    active: true,
    sub: openid,
    client_id: appid,
    token_type: 'Bearer',
    iat: seconds(createdAt),
    exp: seconds(expiresAt),
    sid: publicSessionId(tokenHash),
  });
}

/** An unknown token is no error (RFC 7009, section 2.2). */
async function revoke(c: RouteContext, { environment, config }: GatewayDependencies) {
  const token = await tokenOfClient(c, config);
  const owner = await findOwner(token, environment);
  if (owner === undefined) return new Response(null, { status: 200 });
  const response = await perform(environment, owner.caller, logOut, { sessionToken: token });
  return response.ok ? new Response(null, { status: 200 }) : response;
}

function findOwner(
  token: string,
  { store, policy, now }: Pick<FunctionEnvironment, 'store' | 'policy' | 'now'>,
): Promise<TokenOwner | undefined> {
  return ownerOf(token, store, policy, now());
}

async function perform(
  environment: Omit<FunctionEnvironment, 'getWXContext'>,
  caller: Caller,
  action: Action,
  event: object,
): Promise<Response> {
  const defined = Object.fromEntries(
    Object.entries(event).filter(([, value]: [string, unknown]) => value !== undefined),
  );
  const reply = await actionFor('gateway', environment, caller, action)(defined);
  if (!reply.ok) return problemResponse(refusalProblem(reply));
  const { ok: _, ...rest } = reply;
  return Response.json(rest);
}

function refusalProblem({ code, detail }: Refusal): Problem {
  if (code === 'INVALID_INPUT') return badRequest(detail?.field ?? '');
  if (code === 'UNAVAILABLE') return UNAVAILABLE;
  if (code === 'INTERNAL') return FAILED;
  // A session to end that is none of this person's is not found; every other such code is about the token.
  return detail?.field === undefined ? BAD_TOKEN : NOT_FOUND;
}

/** RFC 6750, section 2.1. */
function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9._~+/-]{1,256})$/i.exec(header ?? '')?.[1];
}

async function jsonBody(c: RouteContext): Promise<Readonly<Record<string, unknown>>> {
  const text = await c.req.text();
  if (text === '') return {};
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new ProblemError({ status: 415, title: 'The body must be application/json.' });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new ProblemError(badRequest('the body must be a JSON object'));
}

/** The token that a backend asks about, once the backend has shown who it is. */
async function tokenOfClient(c: RouteContext, { client }: GatewayConfig): Promise<string> {
  if (client === undefined || !isClient(c.req.header('authorization'), client)) {
    throw new ProblemError(BAD_CLIENT);
  }
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
    throw new ProblemError({
      status: 415,
      title: 'The body must be application/x-www-form-urlencoded.',
    });
  }
  const token = new URLSearchParams(await c.req.text()).get('token');
  if (token === null) throw new ProblemError(badRequest('token'));
  return token;
}

function isClient(header: string | undefined, client: { id: string; secret: string }): boolean {
  const [, given = ''] = /^Basic (\S{1,1024})$/i.exec(header ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = `${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`;
  return timingSafeEqual(digest(Buffer.from(given, 'base64').toString()), digest(expected));
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  'Access-Control-Allow-Headers': 'authorization, content-type',
  'Access-Control-Max-Age': '600',
};

function corsHeaders(
  { corsOrigins }: GatewayConfig,
  origin: string | undefined,
): Record<string, string> | undefined {
  if (origin === undefined || !corsOrigins.includes(origin)) return undefined;
  return { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
}
