/**
 * Signing in on a web page by a phone: the device authorization grant (RFC 8628). The page asks here
 * and polls; the person decides in the mini program, which calls the function `authorize`.
 */
import { createRateLimit, type RateLimit } from '../shared/counters/rate-limit';
import { addressCounter, type WindowedLimit } from '../shared/counters/windowed-limit';
import {
  GRANT_LIFETIME_MS,
  isOver,
  isSecretOf,
  newDeviceGrant,
  readDeviceCode,
} from '../shared/device-grants/device-grant';
import { redeem, type RedeemDependencies } from '../shared/device-grants/redeem';
import { shownUserCode } from '../shared/device-grants/user-code';
import type { Reply } from '../shared/session/contract';
import type { OpenCall } from '../shared/session/function-entry';
import { refuse } from '../shared/session/refusal';
import { browserOf } from './browser';
import type { GatewayConfig } from './gateway-config';
import { oauthError, oauthResponse, POLL_INTERVAL_SECONDS, type OAuthRefusal } from './oauth';
import { responseOf } from './problem';
import { readForm } from './request-body';
import type { Route, RouteContext } from './route';
import type { GatewaySite } from './site';
import { verificationPage } from './verification-page';
import { verificationUri } from './verification-uri';

export interface DeviceDependencies extends RedeemDependencies {
  config: Pick<GatewayConfig, 'sites' | 'verificationUri'>;
  limit: WindowedLimit;
}

export const DEVICE_GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

/** The network is faster one time than the other. */
const TOLERANCE_MS = 1_000;
/** How many requests are kept in a minute. Several people may be behind one address. */
export const REQUESTS_PER_ADDRESS = 30;
export const REQUESTS_PER_SITE = 1_200;
/** Two requests that are kept at once hardly ever have the same code. */
const CODE_TRIES = 3;

export function deviceRoutes(dependencies: DeviceDependencies): Route[] {
  // By the instance, so that a poll costs one read and one that comes too soon costs nothing.
  const limitPolls = createRateLimit({
    limit: 1,
    windowMs: POLL_INTERVAL_SECONDS * 1_000 - TOLERANCE_MS,
  });
  return [
    {
      method: 'POST',
      path: '/v1/device_authorization',
      action: 'device-authorization',
      handle: (call, c) => authorizeDevice(call, c, dependencies),
      respond: oauthResponse,
    },
    {
      method: 'POST',
      path: '/v1/token',
      action: 'token',
      handle: (call, c) => token(call, c, dependencies, limitPolls),
      respond: oauthResponse,
    },
    {
      method: 'GET',
      path: '/v1/device',
      action: 'device',
      handle: (_, c) => Promise.resolve({ ok: true, userCode: c.req.query('user_code') }),
      respond: (reply, now) => {
        const userCode: unknown = Reflect.get(reply, 'userCode');
        return reply.ok
          ? verificationPage(typeof userCode === 'string' ? userCode : undefined)
          : responseOf(reply, now);
      },
    },
  ];
}

/** Two to seven database operations. */
async function authorizeDevice(
  call: OpenCall,
  c: RouteContext,
  { config, grants, limit }: DeviceDependencies,
): Promise<Reply<object> | OAuthRefusal> {
  const known = await readSiteRequest(c, config.sites);
  if (!known.ok) return known;
  const { id, name } = known.site;
  const { clientAddress } = c.env;
  const bySite = { id: `site-${id}`, limit: REQUESTS_PER_SITE };
  const byAddress = clientAddress === undefined ? [] : [quotaOf(clientAddress)];
  const retryAt = await limit.take([...byAddress, bySite], call.now);
  if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });

  const device = browserOf(c.req.header('user-agent'));
  for (let tries = 1; tries <= CODE_TRIES; tries++) {
    const { grant, userCode, deviceCode } = newDeviceGrant({ id, name }, device, call.clock());
    if (!(await grants.add(grant))) continue;
    const shown = shownUserCode(userCode);
    const uri = verificationUri(c, config.verificationUri, known.site);
    const answer = {
      ok: true,
      device_code: deviceCode,
      user_code: shown,
      verification_uri: uri,
      verification_uri_complete: `${uri}?user_code=${shown}`,
      expires_in: GRANT_LIFETIME_MS / 1_000,
      interval: POLL_INTERVAL_SECONDS,
    } as const;
    return answer;
  }
  return refuse('UNAVAILABLE');
}

const quotaOf = (address: string) => ({
  id: addressCounter('device', address),
  limit: REQUESTS_PER_ADDRESS,
});

async function token(
  call: OpenCall,
  c: RouteContext,
  { config, ...dependencies }: DeviceDependencies,
  limitPolls: RateLimit,
): Promise<Reply<object> | OAuthRefusal> {
  const known = await readSiteRequest(c, config.sites);
  if (!known.ok) return known;
  const { site, form } = known;
  const grantType = form.get('grant_type');
  if (grantType === null) return oauthError('invalid_request', 'grant_type');
  if (grantType !== DEVICE_GRANT_TYPE) return oauthError('unsupported_grant_type');
  const given = form.get('device_code');
  if (given === null) return oauthError('invalid_request', 'device_code');
  const code = readDeviceCode(given);
  if (code === undefined) return oauthError('invalid_grant');
  // By the whole code: the id alone follows from what everybody sees on the page.
  if (limitPolls(`${code.id}.${code.secretHash}`, call.now)) return oauthError('slow_down');

  const grant = await dependencies.grants.find(code.id);
  const isOwn = grant && isSecretOf(grant, code.secretHash) && grant.site.id === site.id;
  if (!isOwn || grant.state === 'redeemed') return oauthError('invalid_grant');
  if (grant.state === 'denied') return oauthError('access_denied');
  if (isOver(grant, call.clock())) return oauthError('expired_token');
  if (grant.state === 'pending') return oauthError('authorization_pending');
  const redeemed = await redeem(call.isBy({ openid: '', appid: '' }), grant, dependencies);
  if (!redeemed.ok) {
    return oauthError(redeemed.reason === 'used' ? 'invalid_grant' : 'access_denied');
  }
  const { session } = redeemed;
  const answer = {
    ok: true,
    access_token: redeemed.token,
    token_type: 'Bearer',
    expires_in: Math.floor((session.expiresAt.getTime() - session.createdAt.getTime()) / 1_000),
  } as const;
  return answer;
}

type SiteRequest = { ok: true; site: GatewaySite; form: URLSearchParams } | OAuthRefusal;

/**
 * The form, of a site that is known. Sites are public clients: what keeps other pages out is the
 * browser, which says where a request comes from.
 */
async function readSiteRequest(
  c: RouteContext,
  sites: readonly GatewaySite[],
): Promise<SiteRequest> {
  const form = await readForm(c);
  if (!form.ok) return oauthError('invalid_request', form.detail?.field);
  const names = [...form.value.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  // RFC 6749, section 3.2, as is that one without a value counts as left out.
  if (twice !== undefined) return oauthError('invalid_request', 'data');
  for (const [name, value] of [...form.value]) if (value === '') form.value.delete(name);
  const id = form.value.get('client_id');
  const site = sites.find((known) => known.id === id);
  if (site === undefined) {
    if (c.req.header('authorization') !== undefined) {
      return { ...oauthError('invalid_client', 'authorization'), isUnauthenticated: true };
    }
    return oauthError(id === null ? 'invalid_request' : 'invalid_client', 'client_id');
  }
  const origin = c.req.header('origin');
  if (origin !== undefined && !site.origins.includes(origin)) {
    return oauthError('unauthorized_client', 'origin');
  }
  return { ok: true, site, form: form.value };
}
