/**
 * Converts the event and the reply of HTTP access to and from `Request` and `Response`
 * (https://docs.cloudbase.net/service/access-cloud-function).
 */
import { isRecord } from '../shared/identity/is-record';

export interface HttpAccessReply {
  isBase64Encoded: boolean;
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export interface HttpAccessRequest {
  request: Request;
  /** Its body is longer than any that this API takes, and was left out. */
  isTooLarge: boolean;
  /** What the cloud says about the request, unchecked. */
  requestContext: unknown;
}

/**
 * On every reply: it is not cached, its type is not guessed, and browsers that once came by HTTPS
 * stay with it.
 */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
};

/** In bytes, decoded. No request to this API is longer. */
export const MAX_BODY_BYTES = 8 * 1_024;

/** `undefined` for an event that is not part of HTTP access. */
export function requestOf(event: unknown): HttpAccessRequest | undefined {
  if (!isRecord(event)) return undefined;
  const { path, httpMethod, headers, queryStringParameters, requestContext } = event;
  if (typeof path !== 'string' || typeof httpMethod !== 'string' || !isRecord(headers)) {
    return undefined;
  }
  const body = bodyOf(event);
  const isTooLarge = body !== undefined && body.length > MAX_BODY_BYTES;
  const url = new URL('https://gateway.invalid');
  url.pathname = path;
  url.search = new URLSearchParams(stringFields(queryStringParameters)).toString();
  const hasBody =
    !['GET', 'HEAD'].includes(httpMethod) && body !== undefined && body.length > 0 && !isTooLarge;
  try {
    return {
      request: new Request(url, {
        method: httpMethod,
        headers: headersOf(headers),
        ...(hasBody && { body: new Uint8Array(body) }),
      }),
      isTooLarge,
      requestContext,
    };
  } catch {
    // Not a method of HTTP.
    return undefined;
  }
}

export async function replyOf(response: Response): Promise<HttpAccessReply> {
  return {
    isBase64Encoded: false,
    statusCode: response.status,
    headers: { ...Object.fromEntries(response.headers), ...HEADERS },
    body: await response.text(),
  };
}

function bodyOf({ body, isBase64Encoded }: Record<string, unknown>): Buffer | undefined {
  if (typeof body !== 'string') return undefined;
  return Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
}

/** Leaves out names and values that HTTP does not allow: nothing here reads them. */
function headersOf(value: unknown): Headers {
  const headers = new Headers();
  for (const [name, text] of Object.entries(stringFields(value))) {
    try {
      headers.set(name, text);
    } catch {
      // Not a header.
    }
  }
  return headers;
}

function stringFields(value: unknown): Record<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
