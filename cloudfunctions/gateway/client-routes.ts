/** What another backend may do with tokens, once it is authenticated. */
import { founderOf } from '../shared/identity/account';
import type { Ok, Reply } from '../shared/session/contract';
import type { OpenCall } from '../shared/session/function-entry';
import { endSession } from '../shared/session/logout-action';
import { readToken } from '../shared/session/open-session';
import { accountOf, type ActiveSession } from '../shared/session/session';
import { publicSessionId } from '../shared/session/session-token';
import type { ClientAuthentication } from './client-authentication';
import { openBearer } from './open-bearer';
import { responseOf } from './problem';
import { readFormToken } from './request-body';
import type { Route } from './route';
import type { GatewaySite } from './site';

export function clientRoutes(
  authenticate: ClientAuthentication,
  sites: readonly GatewaySite[],
): Route[] {
  /** For the authenticated client only, with the token in its request. */
  const withToken =
    (run: (call: OpenCall, token: string) => Promise<Reply<object>>): Route['handle'] =>
    async (call, c) => {
      const authorization = c.req.header('authorization');
      const { clientAddress } = c.env;
      const refused = await authenticate({ authorization, clientAddress }, call.now, call.report);
      if (refused !== undefined) return refused;
      const token = await readFormToken(c);
      return token.ok ? run(call, token.value) : token;
    };

  return [
    {
      method: 'POST',
      path: '/v1/introspect',
      action: 'introspect',
      handle: withToken((call, token) => introspect(call, token, sites)),
    },
    {
      method: 'POST',
      path: '/v1/revoke',
      action: 'revoke-token',
      handle: withToken(revoke),
      // RFC 7009, section 2.2.
      respond: (reply, now) =>
        reply.ok ? new Response(null, { status: 200 }) : responseOf(reply, now),
    },
  ];
}

/** RFC 7662, section 2.2: nothing is revealed about a token that is not good. */
async function introspect(
  call: OpenCall,
  text: string,
  sites: readonly GatewaySite[],
): Promise<Reply<{ active: boolean }>> {
  const token = readToken(text);
  if (token === undefined) return { ok: true, active: false };
  call.concerns(publicSessionId(token.hash));
  const opened = await openBearer(call, token, sites);
  if (!opened.ok) return { ok: true, active: false };
  call.isAbout(accountOf(opened.session));
  return introspection(opened.session);
}

function introspection(session: ActiveSession): Ok<{ active: true }> {
  const { createdAt, expiresAt, tokenHash, client } = session;
  const account = accountOf(session);
  // The same person is the same `sub`, whichever way they came in.
  const founder = founderOf(account);
  const clientId = client?.id ?? (session.appid || founder?.appid);
  const seconds = (time: Date): number => Math.floor(time.getTime() / 1_000);
  const described = {
    ok: true,
    active: true,
    sub: founder?.openid ?? account,
    ...(clientId && { client_id: clientId }),
    token_type: 'Bearer',
    iat: seconds(createdAt),
    exp: seconds(expiresAt),
    sid: publicSessionId(tokenHash),
  } as const;
  return described;
}

/**
 * By the token itself, in whatever state its session is. An unknown one is no error (RFC 7009,
 * section 2.2).
 */
async function revoke(call: OpenCall, text: string): Promise<Reply<{ ended: number }>> {
  const token = readToken(text);
  if (token === undefined) return { ok: true, ended: 0 };
  call.concerns(publicSessionId(token.hash));
  return endSession(call, token);
}
