/**
 * HTTP access (HTTP 访问服务): any request below `/http/NAME` becomes an event for the function, and
 * its result becomes the reply (https://docs.cloudbase.net/service/access-cloud-function). The
 * caller is not identified: there is no OPENID, whatever the headers say, and no client address.
 */
import { randomUUID } from 'node:crypto';
import type { CallError } from './call-reply';
import type { CallFunctionAs } from './nested-call';
import { ENVIRONMENT_ID } from '../environment/sdk-variables';

export interface HttpRequest {
  method: string;
  /** What follows the function's name, with a leading slash. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface HttpReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer | string;
}

/** Undocumented. It differs from every source of a mini program. */
const SOURCE = 'wx_http';
const TEXT = /^(text\/|application\/(.+\+)?(json|xml)|application\/x-www-form-urlencoded)/;
const FORBIDDEN_HEADERS = new Set(['connection', 'transfer-encoding', 'content-length', 'date']);

/** Placeholders: this environment belongs to no account. */
const ACCOUNT = { appId: 0, uin: 0 };

export async function answerHttp(
  callFunction: CallFunctionAs,
  name: string,
  request: HttpRequest,
): Promise<HttpReply> {
  const reply = await callFunction(name, { source: SOURCE }, eventOf(request));
  if ('errCode' in reply) return failed(reply);
  const result: unknown = JSON.parse(reply.json);
  return isIntegration(result) ? integrated(result) : plain(result);
}

function eventOf({ method, path, query, headers, body }: HttpRequest): object {
  const isBase64Encoded = body.length > 0 && !TEXT.test(headers['content-type'] ?? 'text/plain');
  return {
    path,
    httpMethod: method,
    headers,
    queryStringParameters: query,
    requestContext: {
      requestId: randomUUID().replaceAll('-', ''),
      envId: ENVIRONMENT_ID,
      ...ACCOUNT,
    },
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

interface Integration {
  statusCode: number;
  headers?: Record<string, unknown>;
  body?: unknown;
  isBase64Encoded?: boolean;
}

function isIntegration(value: unknown): value is Integration {
  if (typeof value !== 'object' || value === null) return false;
  const { statusCode } = value as Partial<Integration>;
  return (
    typeof statusCode === 'number' &&
    Number.isInteger(statusCode) &&
    statusCode >= 200 &&
    statusCode <= 599
  );
}

function integrated({
  statusCode,
  headers = {},
  body = '',
  isBase64Encoded,
}: Integration): HttpReply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const given = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), String(value)])
    .filter(([name]) => !FORBIDDEN_HEADERS.has(name));
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(given) },
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}

function plain(result: unknown): HttpReply {
  const isText = typeof result === 'string';
  return {
    status: 200,
    headers: { 'content-type': isText ? 'text/html; charset=utf-8' : 'application/json' },
    body: isText ? result : JSON.stringify(result),
  };
}

const STATUSES: Readonly<Record<number, number>> = { [-501000]: 404, [-504003]: 504 };

function failed({ errCode, errMsg, requestID }: CallError): HttpReply {
  return {
    status: STATUSES[errCode] ?? 502,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: errCode, message: errMsg, requestId: requestID }),
  };
}
