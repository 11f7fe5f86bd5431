/**
 * What people do with their sessions. Once signed in, a person is whoever the session of the bearer
 * token belongs to.
 */
import type { LogoutReply, Refusal, Reply } from '../shared/session/contract';
import type { Call, OpenCall } from '../shared/session/function-entry';
import { loginByProvider } from '../shared/session/login-action';
import { endSession } from '../shared/session/logout-action';
import { readToken, type ReadToken } from '../shared/session/open-session';
import { refuse } from '../shared/session/refusal';
import { decodeLogout, decodeSessionRequest } from '../shared/session/request';
import { accountOf } from '../shared/session/session';
import { actionsOf } from '../shared/session/session-action';
import { publicSessionId } from '../shared/session/session-token';
import { exchangePerson } from './exchange-person';
import { openBearer } from './open-bearer';
import { passwordLogin, type PasswordLoginDependencies } from './password-login';
import { readJson } from './request-body';
import type { GatewayConfig } from './gateway-config';
import type { Route, RouteContext } from './route';
import type { GatewaySite } from './site';

type KnownSites = readonly GatewaySite[];

export interface PersonDependencies extends PasswordLoginDependencies {
  config: Pick<GatewayConfig, 'apps' | 'sites'>;
}

export function personRoutes(dependencies: PersonDependencies): Route[] {
  const { sites } = dependencies.config;
  return [
    {
      method: 'POST',
      path: '/v1/login',
      action: 'login',
      handle: (call, c) => login(call, c, dependencies),
    },
    {
      method: 'POST',
      path: '/v1/logout',
      action: 'logout',
      handle: (call, c) => logout(call, c, sites),
    },
    {
      method: 'GET',
      path: '/v1/session',
      action: 'check',
      handle: (call, c) => forPerson(call, c, sites, (person, actions) => actions.check(person)),
    },
    {
      method: 'GET',
      path: '/v1/sessions',
      action: 'list',
      handle: (call, c) => forPerson(call, c, sites, (person, actions) => actions.list(person)),
    },
    {
      method: 'DELETE',
      path: '/v1/sessions/:id',
      action: 'revoke',
      handle: (call, c) => revoke(call, c, sites),
    },
  ];
}

async function login(
  call: OpenCall,
  c: RouteContext,
  dependencies: PasswordLoginDependencies,
): Promise<Reply<object>> {
  const body = await readJson(c);
  if (!body.ok) return body;
  const isByPassword = ['name', 'password'].some((field) => body.value[field] !== undefined);
  if (isByPassword) return passwordLogin(call, c, body.value, dependencies);
  const known = await exchangePerson(call, c, body.value, dependencies);
  if (!known.ok) return known;
  const { caller, provider, request } = known;
  return loginByProvider(call.isBy(caller), provider, request);
}

async function logout(call: OpenCall, c: RouteContext, sites: KnownSites): Promise<Reply<object>> {
  const bearer = bearerOf(call, c);
  if (bearer === undefined) return badToken();
  const body = await readJson(c);
  if (!body.ok) return body;
  const request = decodeLogout({ ...body.value, sessionToken: bearer.text });
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { scope, askedAgoMs } = request.value;
  if (scope === 'this') {
    // By the token itself: no slot, limit or clock keeps its session.
    return unlessNothing(await endSession(call, bearer.token));
  }
  call.doing(`logout-${scope}`);
  return forBearer(call, bearer, sites, async (person, actions) => {
    const reply = await actions.endAll(person, scope, askedAgoMs);
    return scope === 'everywhere' ? unlessNothing(reply) : reply;
  });
}

/** Over HTTP only the token vouches for the person: one that ended no session was not good. */
function unlessNothing(reply: LogoutReply): LogoutReply {
  return reply.ok && reply.ended === 0 ? badToken() : reply;
}

function revoke(call: OpenCall, c: RouteContext, sites: KnownSites): Promise<Reply<object>> {
  return forPerson(call, c, sites, async (person, actions, sessionToken) => {
    const sessionId = c.req.param('id') ?? '';
    const request = decodeSessionRequest({ action: 'revoke', sessionToken, sessionId });
    if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
    return actions.revoke(person, sessionId);
  });
}

type RunForPerson = (
  person: Call,
  actions: ReturnType<typeof actionsOf>,
  sessionToken: string,
) => Promise<Reply<object>>;

async function forPerson(
  call: OpenCall,
  c: RouteContext,
  sites: KnownSites,
  run: RunForPerson,
): Promise<Reply<object>> {
  const bearer = bearerOf(call, c);
  return bearer === undefined ? badToken() : forBearer(call, bearer, sites, run);
}

async function forBearer(
  call: OpenCall,
  bearer: Bearer,
  sites: KnownSites,
  run: RunForPerson,
): Promise<Reply<object>> {
  const opened = await openBearer(call, bearer.token, sites);
  if (!opened.ok) return opened;
  const { openid, appid } = opened.session;
  const person = call.isBy({ openid, appid });
  person.isAbout(accountOf(opened.session));
  return run(person, actionsOf(opened.session), bearer.text);
}

interface Bearer {
  /** As it was sent. */
  text: string;
  token: ReadToken;
}

/** RFC 6750, section 2.1. `undefined` for what no sign-in ever issued. */
function bearerOf(call: OpenCall, c: RouteContext): Bearer | undefined {
  const [, text = ''] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  const token = readToken(text);
  if (token === undefined) return undefined;
  call.concerns(publicSessionId(token.hash));
  return { text, token };
}

const badToken = (): Refusal => refuse('SESSION_MISSING');
