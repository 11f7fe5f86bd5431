import type { Environment } from '../state/environment';
import { messageOf, type ErrorLog } from '../state/error-log';
import { asyncApi, isOptions, textOption, type Api } from './async-api';

/** A request as the mini program makes it, its body as text. */
export interface OutgoingRequest {
  url: string;
  method: string;
  header: Record<string, string>;
  body?: string;
}

/** How the internet, and the platform that vouches for the person, are reached. Both reject when they cannot be. */
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
      const abort = new AbortController();
      const cutOff = (): void => {
        abort.abort();
      };
      environment.onlineChanged.add(cutOff);
      try {
        const { statusCode, header, text } = await network.request(outgoing(options), abort.signal);
        return { statusCode, header, data: parsed(text) };
      } catch (cause) {
        throw new Error(messageOf(cause), { cause });
      } finally {
        environment.onlineChanged.remove(cutOff);
      }
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

/** `dataType` is `json` unless told otherwise: what is no JSON stays text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
