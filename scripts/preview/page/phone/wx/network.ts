import type { Environment } from '../state/environment';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, isOptions, textOption, type Api } from './async-api';

/** A request as the mini program makes it, its body as text. */
export interface OutgoingRequest {
  url: string;
  method: string;
  header: Record<string, string>;
  body?: string;
}

/**
 * How servers, and the provider that vouches for the person, are reached. Both reject when they are
 * not.
 */
export interface NetworkReach {
  readonly appid: string;
  request(
    request: OutgoingRequest,
    signal: AbortSignal,
  ): Promise<{ statusCode: number; header: Record<string, string>; text: string }>;
  /** A login code, good once. */
  loginCode(): Promise<string>;
}

export interface NetworkContext {
  network: NetworkReach;
  environment: Environment;
  errors: ErrorLog;
}

export function networkApis({ network, environment, errors }: NetworkContext): Record<string, Api> {
  return {
    getAccountInfoSync: () => ({ miniProgram: { appId: network.appid, envVersion: 'develop' } }),
    login: asyncApi('login', errors, async () => {
      if (!environment.online) throw new Error('the network is offline');
      return { code: await network.loginCode() };
    }),
    request: asyncApi('request', errors, async (options) => {
      if (!environment.online) throw new Error('the network is offline');
      const { statusCode, header, text } = await environment.whileOnline((signal) =>
        network.request(outgoing(options), signal),
      );
      return { statusCode, header, data: parsed(text) };
    }),
  };
}

function outgoing(options: Record<string, unknown>): OutgoingRequest {
  const { data, header } = options;
  return {
    url: textOption(options, 'url'),
    method: textOption(options, 'method', 'GET'),
    header: Object.fromEntries(
      Object.entries(isOptions(header) ? header : {}).map(([name, value]) => [name, String(value)]),
    ),
    ...(data === undefined ? {} : { body: typeof data === 'string' ? data : JSON.stringify(data) }),
  };
}

/** `dataType` is `json` by default; text that is not JSON stays as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
