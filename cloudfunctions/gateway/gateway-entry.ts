/** The function around the routes: only HTTP access gets in, and out goes the platform's reply. */
import type { FunctionEnvironment } from '../shared/session/function-entry';
import { createGatewayApp, failureProblem, type GatewayDependencies } from './gateway-app';
import { replyOf, requestOf, type HttpAccessReply } from './http-event';
import { NOT_FOUND, problemResponse } from './problem';

export interface GatewayEnvironment extends Omit<GatewayDependencies, 'environment'> {
  environment: FunctionEnvironment;
}

/**
 * What SOURCE is in HTTP access is not documented. Those that are documented for other callers stay out: whoever calls from a
 * mini program or a function can write the whole event, the client's address included.
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
): (event: unknown) => Promise<HttpAccessReply> {
  const app = createGatewayApp(dependencies);
  return async (event) => {
    dependencies.environment.begin?.();
    const { OPENID, SOURCE } = dependencies.environment.getWXContext();
    const sources = typeof SOURCE === 'string' ? SOURCE.split(',') : [];
    const isForeign =
      (OPENID !== undefined && OPENID !== '') ||
      sources.some((source) => OTHER_CALLERS.includes(source));
    const received = isForeign ? undefined : requestOf(event);
    if (received === undefined) return replyOf(problemResponse(NOT_FOUND));
    if (received === 'tooLarge') {
      return replyOf(problemResponse({ status: 413, title: 'The body is too large.' }));
    }
    const { request, clientAddress } = received;
    try {
      return await replyOf(await app.fetch(request, { clientAddress }));
    } catch (error) {
      // hono passes on what is thrown and is no Error.
      const { log } = dependencies.environment;
      return replyOf(problemResponse(failureProblem(error, log)));
    }
  };
}
