/**
 * The function around the routes: only HTTP access gets in, and the answer leaves in the cloud's
 * format.
 */
import { readOrigin, type CallOrigin } from '../shared/identity/caller';
import type { Refusal } from '../shared/session/contract';
import type { FunctionEnvironment } from '../shared/session/function-entry';
import { refuse } from '../shared/session/refusal';
import { clientAddressOf } from './client-address';
import { createGatewayApp, failed, logOutside, type GatewayDependencies } from './gateway-app';
import { replyOf, requestOf, type HttpAccessReply } from './http-event';
import { NOT_FOUND, problemResponse } from './problem';

export interface GatewayEnvironment extends Omit<GatewayDependencies, 'environment'> {
  environment: FunctionEnvironment;
}

/**
 * The SOURCE of HTTP access is not documented, so those that are documented for other callers are
 * refused: a mini program or a function can write the whole event, including what the cloud says
 * about an address.
 */
const OTHER_CALLERS = [
  'wx_client',
  'wx_devtools',
  'wx_localdebug',
  'wx_trigger',
  'wx_paycallback',
  'scf',
];

export function gatewayEntry(
  dependencies: GatewayEnvironment,
): (event: unknown, context?: unknown) => Promise<HttpAccessReply> {
  const { environment, config } = dependencies;
  const app = createGatewayApp(dependencies);
  /** The answer to what is no HTTP request; nobody waits for an explanation. */
  const refused = (reply: Refusal): Promise<HttpAccessReply> => {
    logOutside(environment, reply);
    return replyOf(problemResponse(NOT_FOUND));
  };

  return async (event, context) => {
    if (isForeign({ wxContext: environment.getWXContext(), context })) {
      return refused(refuse('NO_IDENTITY'));
    }
    const received = requestOf(event);
    if (received === undefined) return refused(refuse('INVALID_INPUT', { field: 'event' }));
    const { request, isTooLarge, requestContext } = received;
    const { headers } = request;
    const clientAddress = clientAddressOf({ requestContext, headers }, config.addressHeader);
    try {
      return await replyOf(await app.fetch(request, { clientAddress, isTooLarge }));
    } catch (error) {
      // hono rethrows what is not an Error.
      return replyOf(failed(error, environment));
    }
  };
}

function isForeign(origin: CallOrigin): boolean {
  const { openid, source = '' } = readOrigin(origin);
  return openid !== undefined || source.split(',').some((name) => OTHER_CALLERS.includes(name));
}
