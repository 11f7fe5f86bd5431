import type { Environment } from '../state/environment';
import { NoInternet } from '../state/api-failure';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, isOptions, taskApi, textOption, type Api } from './async-api';

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

const TRANSFER = ['ProgressUpdate', 'HeadersReceived'];

export function networkApis({ network, environment, errors }: NetworkContext): Record<string, Api> {
  return {
    getAccountInfoSync: () => ({ miniProgram: { appId: network.appid, envVersion: 'develop' } }),
    login: asyncApi('login', errors, async () => {
      if (!environment.online) throw new Error('the network is offline');
      return { code: await network.loginCode() };
    }),
    request: taskApi('request', errors, ['HeadersReceived', 'ChunkReceived'], async (options) => {
      if (!environment.online) throw new Error('the network is offline');
      const request = outgoing(options);
      if (isOutside(request.url)) throw noInternet('request', request.url);
      const { statusCode, header, text } = await environment.whileOnline((signal) =>
        network.request(request, signal),
      );
      const isText = options['dataType'] !== undefined && options['dataType'] !== 'json';
      return { statusCode, header, cookies: [], data: isText ? text : parsed(text) };
    }),
    downloadFile: taskApi('downloadFile', errors, TRANSFER, (options) => {
      throw noInternet('downloadFile', textOption(options, 'url'));
    }),
    uploadFile: taskApi('uploadFile', errors, TRANSFER, (options) => {
      throw noInternet('uploadFile', textOption(options, 'url'));
    }),
  };
}

/** The preview reaches what runs on this computer: no server of the internet hears from it. */
function noInternet(api: string, url: string): NoInternet {
  return new NoInternet(`${api}:fail the preview has no internet, only the local cloud: ${url}`);
}

function isOutside(url: string): boolean {
  return new URL(url, location.href).origin !== location.origin;
}

const WITHOUT_BODY = new Set(['GET', 'HEAD']);
const FORM = 'application/x-www-form-urlencoded';

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html#data-参数说明 */
function outgoing(options: Record<string, unknown>): OutgoingRequest {
  const { data } = options;
  const header = Object.fromEntries(
    Object.entries(isOptions(options['header']) ? options['header'] : {}).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  );
  const url = textOption(options, 'url');
  const method = textOption(options, 'method', 'GET').toUpperCase();
  if (WITHOUT_BODY.has(method)) {
    const query = isOptions(data) ? queryOf(data) : '';
    const mark = url.includes('?') ? '&' : '?';
    return { url: query === '' ? url : `${url}${mark}${query}`, method, header };
  }
  const type = header['content-type'] ?? 'application/json';
  if (data === undefined) return { url, method, header };
  const encoded = type.includes(FORM) && isOptions(data) ? queryOf(data) : JSON.stringify(data);
  return {
    url,
    method,
    header: { ...header, 'content-type': type },
    body: typeof data === 'string' ? data : encoded,
  };
}

function queryOf(data: Record<string, unknown>): string {
  return Object.entries(data)
    .map((pair) => pair.map((part) => encodeURIComponent(String(part))).join('='))
    .join('&');
}

/** `dataType` is `json` by default; text that is not JSON stays as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
