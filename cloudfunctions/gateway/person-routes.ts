/**
 * What people do with their sessions. Once signed in, a person is whoever the session of the bearer
 * token belongs to.
 */
import type { Caller } from '../shared/identity/caller';
import { ownIdentityId } from '../shared/identity/identity';
import type { AttemptStore } from '../shared/password/attempts';
import type { LogoutReply, Refusal, Reply } from '../shared/session/contract';
import type { Call, OpenCall } from '../shared/session/function-entry';
import { loginByProvider } from '../shared/session/login-action';
import { endSession } from '../shared/session/logout-action';
import { openAny, readToken, type ReadToken } from '../shared/session/open-session';
import { refuse } from '../shared/session/refusal';
import {
  decodeLogin,
  decodeLogout,
  decodeSessionRequest,
  type DecodedLogin,
} from '../shared/session/request';
import { accountOf } from '../shared/session/session';
import { actionsOf } from '../shared/session/session-action';
import { publicSessionId } from '../shared/session/session-token';
import type { WhileSignedIn } from '../shared/session/while-signed-in';
import { linkIdentity, takenElsewhere, type Linking } from '../shared/ways-in/link-identity';
import { loginByPassword, type PasswordLinks } from '../shared/ways-in/login-by-password';
import type { ExchangeCode } from './exchange-code';
import type { ExchangeLimit } from './exchange-limit';
import type { GatewayConfig } from './gateway-config';
import type { ProviderName } from './providers/index';
import type { CodeOutcome } from './providers/provider';
import { readJson } from './request-body';
import type { Route, RouteContext } from './route';

export interface PersonRoutesDependencies {
  config: Pick<GatewayConfig, 'apps'>;
  exchangeCode: ExchangeCode;
  limitExchange: ExchangeLimit;
  passwords?: Passwords | undefined;
}

/** What signing in with a password needs; without it, it is not offered here. */
export interface Passwords {
  attempts: AttemptStore;
  whileSignedIn: WhileSignedIn;
}

const MAX_CODE_LENGTH = 256;
/** Providers count by the minute and don't say when to ask again. */
const TOO_FREQUENT_MS = 60_000;

export function personRoutes(dependencies: PersonRoutesDependencies): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/login',
      action: 'login',
      handle: (call, c) => login(call, c, dependencies),
    },
    { method: 'POST', path: '/v1/logout', action: 'logout', handle: logout },
    {
      method: 'GET',
      path: '/v1/session',
      action: 'check',
      handle: (call, c) => forPerson(call, c, (person, actions) => actions.check(person)),
    },
    {
      method: 'GET',
      path: '/v1/sessions',
      action: 'list',
      handle: (call, c) => forPerson(call, c, (person, actions) => actions.list(person)),
    },
    { method: 'DELETE', path: '/v1/sessions/:id', action: 'revoke', handle: revoke },
  ];
}

async function login(
  call: OpenCall,
  c: RouteContext,
  dependencies: PersonRoutesDependencies,
): Promise<Reply<object>> {
  const body = await readJson(c);
  if (!body.ok) return body;
  const isByPassword = ['name', 'password'].some((field) => body.value[field] !== undefined);
  if (isByPassword) return passwordLogin(call, c, body.value, dependencies);
  const known = await exchanged(call, c, body.value, dependencies);
  if (!known.ok) return known;
  const { caller, provider, request } = known;
  return loginByProvider(call.isBy(caller), provider, request);
}

/** Who the code in the body names, and the rest of the request. */
async function exchanged(
  call: OpenCall,
  c: RouteContext,
  body: Readonly<Record<string, unknown>>,
  { config, exchangeCode, limitExchange }: PersonRoutesDependencies,
): Promise<{ ok: true; caller: Caller; provider: ProviderName; request: DecodedLogin } | Refusal> {
  const { platform, appid, code } = body;
  const app = config.apps.find((known) => known.provider === platform && known.appid === appid);
  if (app === undefined) return refuse('INVALID_INPUT', { field: 'appid' });
  if (typeof code !== 'string' || code === '' || code.length > MAX_CODE_LENGTH) {
    return refuse('INVALID_INPUT', { field: 'code' });
  }
  // A code is good once: the rest is checked before it is used.
  const request = decodeLogin(body);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });

  const { clientAddress } = c.env;
  const retryAt = await limitExchange({ clientAddress, appid: app.appid }, call.now);
  if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });
  const outcome = await exchangeCode(app, code);
  if (!outcome.ok) {
    call.report(`${app.provider} says ${outcome.reason}, errcode ${outcome.errcode}`);
    return exchangeRefusal(outcome, call.clock());
  }
  const { openid, unionid } = outcome;
  const caller: Caller = { openid, appid: app.appid, ...(unionid !== undefined && { unionid }) };
  return { ok: true, caller, provider: app.provider, request: request.value };
}

/** Whom nobody vouches for: a password is all that they have shown. */
const NOBODY: Caller = { openid: '', appid: '' };

/**
 * With a name and a password alone, the session's token works over HTTP only. With a code too, it
 * is one of the app and person whom the code names; a QQ is linked to the account by that, since
 * nothing else links one.
 */
async function passwordLogin(
  call: OpenCall,
  c: RouteContext,
  body: Readonly<Record<string, unknown>>,
  dependencies: PersonRoutesDependencies,
): Promise<Reply<object>> {
  const { passwords, limitExchange } = dependencies;
  if (passwords === undefined || !call.policy.signInMethods.includes('password')) {
    return refuse('NOT_OFFERED');
  }
  const { attempts, whileSignedIn } = passwords;
  const hasCode = ['platform', 'appid', 'code'].some((field) => body[field] !== undefined);
  if (!hasCode) {
    const { clientAddress } = c.env;
    const retryAt = await limitExchange({ clientAddress, appid: '' }, call.now);
    if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });
    const triedBy = clientAddress === undefined ? '' : `address:${clientAddress}`;
    return loginByPassword(call.isBy(NOBODY), body, { attempts, triedBy });
  }
  const known = await exchanged(call, c, body, dependencies);
  if (!known.ok) return known;
  const person = call.isBy(known.caller);
  const isQq = known.provider === 'qq';
  return loginByPassword(person, body, {
    attempts,
    ...(isQq && { links: linkingQq(person, whileSignedIn) }),
  });
}

function linkingQq(call: Call, whileSignedIn: WhileSignedIn): PasswordLinks {
  const id = ownIdentityId(call.caller, 'qq');
  return {
    async refusal(account) {
      const [there] = await call.identities.find([id]);
      return takenElsewhere(call, account, there);
    },
    confirm: (account) => async (session) => {
      const linking: Linking = {
        account,
        session,
        whileSignedIn: async (write) =>
          (await whileSignedIn(session, call.clock, write)) ? { ok: true } : refuse('UNAVAILABLE'),
      };
      const label = session.device.name;
      const linked = await linkIdentity(call, linking, { id, kind: 'qq', label });
      // The password has been changed or unlinked at this very moment: tried again, it says so.
      if (!linked.ok && linked.code === 'SESSION_NOT_FRESH') return refuse('UNAVAILABLE');
      return linked.ok ? undefined : linked;
    },
  };
}

function exchangeRefusal({ reason }: Extract<CodeOutcome, { ok: false }>, now: Date): Refusal {
  switch (reason) {
    case 'bad':
      return refuse('INVALID_INPUT', { field: 'code' });
    case 'tooFrequent':
      return refuse('TOO_MANY_ATTEMPTS', { retryAt: now.getTime() + TOO_FREQUENT_MS });
    case 'busy':
    case 'misconfigured':
      return refuse('UNAVAILABLE');
  }
}

async function logout(call: OpenCall, c: RouteContext): Promise<Reply<object>> {
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
  return forBearer(call, bearer, async (person, actions) => {
    const reply = await actions.endAll(person, scope, askedAgoMs);
    return scope === 'everywhere' ? unlessNothing(reply) : reply;
  });
}

/** Over HTTP only the token vouches for the person: one that ended no session was not good. */
function unlessNothing(reply: LogoutReply): LogoutReply {
  return reply.ok && reply.ended === 0 ? badToken() : reply;
}

function revoke(call: OpenCall, c: RouteContext): Promise<Reply<object>> {
  return forPerson(call, c, async (person, actions, sessionToken) => {
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
  run: RunForPerson,
): Promise<Reply<object>> {
  const bearer = bearerOf(call, c);
  return bearer === undefined ? badToken() : forBearer(call, bearer, run);
}

async function forBearer(
  call: OpenCall,
  bearer: Bearer,
  run: RunForPerson,
): Promise<Reply<object>> {
  const opened = await openAny(call, bearer.token);
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
