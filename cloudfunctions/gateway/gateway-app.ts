/**
 * The routes of the gateway. Each answers with a reply of the contract or with a problem (RFC
 * 9457), and writes one log line.
 */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { WindowedLimit } from '../shared/counters/windowed-limit';
import { authLogLine } from '../shared/session/auth-log';
import type { Refusal } from '../shared/session/contract';
import type { RedeemDependencies } from '../shared/device-grants/redeem';
import { openEntry, type FunctionEnvironment } from '../shared/session/function-entry';
import { refuse } from '../shared/session/refusal';
import { clientAuthentication } from './client-authentication';
import { clientRoutes } from './client-routes';
import { deviceRoutes } from './device-routes';
import type { ExchangeCode } from './exchange-code';
import { createExchangeLimit } from './exchange-limit';
import type { GatewayConfig } from './gateway-config';
import type { Passwords } from './password-login';
import { personRoutes } from './person-routes';
import { FAILED, NOT_FOUND, notAllowed, problemResponse, responseOf, TOO_LONG } from './problem';
import type { GatewayBindings, Route } from './route';

export interface GatewayDependencies {
  environment: Omit<FunctionEnvironment, 'getWXContext'>;
  config: GatewayConfig;
  exchangeCode: ExchangeCode;
  limit: WindowedLimit;
  /** Absent: nobody signs in with a password here. */
  passwords?: Passwords;
  /** Absent: nobody signs in by phone on a web page. */
  webSignIn?: RedeemDependencies;
}

export function createGatewayApp({
  environment,
  config,
  exchangeCode,
  limit,
  passwords,
  webSignIn,
}: GatewayDependencies): Hono<GatewayBindings> {
  const app = new Hono<GatewayBindings>();
  app.use(
    cors({
      origin: [...config.corsOrigins, ...config.sites.flatMap(({ origins }) => origins)],
      allowMethods: ['GET', 'POST', 'DELETE'],
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['Retry-After'],
      maxAge: 600,
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (c.get('isRouted')) return;
    const reply = refuse('INVALID_INPUT', { field: c.res.status === 405 ? 'method' : 'path' });
    logOutside(environment, reply);
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_, methods) => problemResponse(notAllowed(methods)),
    }),
  );
  const routes = [
    ...personRoutes({ config, exchangeCode, limitExchange: createExchangeLimit(limit), passwords }),
    ...clientRoutes(clientAuthentication(config.client, limit), config.sites),
    ...(webSignIn === undefined ? [] : deviceRoutes({ config, limit, ...webSignIn })),
  ];
  for (const route of routes) register(app, environment, route);
  app.notFound(() => problemResponse(NOT_FOUND));
  app.onError((error) => failed(error, environment));
  return app;
}

/** What OAuth and this API call a token. */
const TOKEN_NAMES = /^((access_?|session_?)?token|device_?code)$/i;

function register(
  app: Hono<GatewayBindings>,
  environment: GatewayDependencies['environment'],
  { method, path, action, handle, respond = responseOf }: Route,
): void {
  // The console can put the function behind a path.
  app.on(method, [path, `/gateway${path}`], async (c) => {
    c.set('isRouted', true);
    const run = openEntry('gateway', environment, (call) => {
      call.doing(action);
      if (c.env.isTooLarge) return Promise.resolve(refuse('INVALID_INPUT', { field: TOO_LONG }));
      // A token in an address ends up in logs (RFC 9700, section 4.3.2).
      const leaked = Object.keys(c.req.query()).find((name) => TOKEN_NAMES.test(name));
      if (leaked !== undefined) return Promise.resolve(refuse('INVALID_INPUT', { field: leaked }));
      return handle(call, c);
    });
    return respond(await run(undefined), environment.now());
  });
}

/** The log line of a request that reaches no route. */
export function logOutside(
  { log }: Pick<FunctionEnvironment, 'log'>,
  reply: Refusal,
  error?: unknown,
): void {
  log(authLogLine({ event: 'gateway', reply, durationMs: 0, error }));
}

/** The answer to an unexpected error outside the routes. The log says what was thrown. */
export function failed(error: unknown, { log }: Pick<FunctionEnvironment, 'log'>): Response {
  logOutside({ log }, refuse('INTERNAL'), error);
  return problemResponse(FAILED);
}
