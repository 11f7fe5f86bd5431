/** Signing in by a code: who the provider says that it is of. */
import type { Caller } from '../shared/identity/caller';
import type { Refusal } from '../shared/session/contract';
import type { OpenCall } from '../shared/session/function-entry';
import { refuse } from '../shared/session/refusal';
import { decodeLogin, type DecodedLogin } from '../shared/session/request';
import type { ExchangeCode } from './exchange-code';
import type { ExchangeLimit } from './exchange-limit';
import type { GatewayConfig } from './gateway-config';
import type { ProviderName } from './providers/index';
import type { CodeOutcome } from './providers/provider';
import type { RouteContext } from './route';

export interface ExchangeDependencies {
  config: Pick<GatewayConfig, 'apps'>;
  exchangeCode: ExchangeCode;
  limitExchange: ExchangeLimit;
}

export interface ExchangedPerson {
  ok: true;
  caller: Caller;
  provider: ProviderName;
  request: DecodedLogin;
}

const MAX_CODE_LENGTH = 256;
/** Providers count by the minute and don't say when to ask again. */
const TOO_FREQUENT_MS = 60_000;

/** Who the code in the body names, and the rest of the request. */
export async function exchangePerson(
  call: OpenCall,
  c: RouteContext,
  body: Readonly<Record<string, unknown>>,
  { config, exchangeCode, limitExchange }: ExchangeDependencies,
): Promise<ExchangedPerson | Refusal> {
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
