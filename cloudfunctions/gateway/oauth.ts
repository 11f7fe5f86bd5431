/** Errors as OAuth 2.0 has them (RFC 6749, section 5.2; RFC 8628, section 3.5). */
import type { Refusal, Reply } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';

const descriptions = {
  invalid_request: 'The request is not valid',
  invalid_client: 'There is no such client: client_id.',
  unauthorized_client: 'This origin is not one of the client.',
  unsupported_grant_type: 'This grant type is not supported.',
  invalid_grant: 'The device code is unknown, or was redeemed before.',
  authorization_pending: 'Nobody has decided yet.',
  slow_down: 'Wait five seconds longer between two requests.',
  access_denied: 'The person has denied the request, or is not signed in any more.',
  expired_token: 'The device code has expired.',
} as const;

/**
 * How long a page waits between two polls, in seconds: also when the service is busy, or it would be
 * told to slow down for having come as soon as it was asked to.
 */
export const POLL_INTERVAL_SECONDS = 5;

type OAuthError = keyof typeof descriptions;

/** A refusal with its name over the wire. What the log calls it is the contract's. */
export type OAuthRefusal = Refusal & {
  error: OAuthError;
  /** The client has tried to authenticate by a header, as no client does here. */
  isUnauthenticated?: true;
};

const CODES: Partial<Record<OAuthError, Refusal['code']>> = {
  authorization_pending: 'NO_IDENTITY',
  access_denied: 'NO_IDENTITY',
  slow_down: 'TOO_MANY_ATTEMPTS',
};

/** @param field of the request, where one is wrong */
export function oauthError(error: OAuthError, field?: string): OAuthRefusal {
  const refusal = refuse(CODES[error] ?? 'INVALID_INPUT', { field: field ?? error });
  return { ...refusal, error };
}

/** A reply as an HTTP response: what is no error of OAuth is the service's own. */
export function oauthResponse(reply: Reply<object> | OAuthRefusal, now: Date): Response {
  if (reply.ok) {
    const { ok: _, ...body } = reply;
    return Response.json(body);
  }
  if ('error' in reply) return oauthErrorResponse(reply);
  // Refused before a route had its say.
  if (reply.code === 'INVALID_INPUT') {
    return oauthErrorResponse({ ...reply, error: 'invalid_request' });
  }
  if (reply.code === 'TOO_MANY_ATTEMPTS') {
    const seconds = Math.max(1, Math.ceil(((reply.detail?.retryAt ?? 0) - now.getTime()) / 1_000));
    return answer(429, 'temporarily_unavailable', 'Too many requests.', seconds);
  }
  if (reply.code === 'UNAVAILABLE') {
    return answer(
      503,
      'temporarily_unavailable',
      'The service is busy. Try again shortly.',
      POLL_INTERVAL_SECONDS,
    );
  }
  return answer(500, 'server_error', 'Something went wrong on our side.');
}

function oauthErrorResponse({ error, detail, isUnauthenticated }: OAuthRefusal): Response {
  const field = error === 'invalid_request' ? `: ${detail?.field ?? 'body'}.` : '';
  const response = answer(isUnauthenticated ? 401 : 400, error, descriptions[error] + field);
  // RFC 6749, section 5.2.
  if (isUnauthenticated) response.headers.set('WWW-Authenticate', 'Basic realm="gateway"');
  return response;
}

function answer(
  status: number,
  error: string,
  description: string,
  retryAfterSeconds?: number,
): Response {
  return Response.json(
    { error, error_description: description },
    {
      status,
      ...(retryAfterSeconds !== undefined && {
        headers: { 'Retry-After': String(retryAfterSeconds) },
      }),
    },
  );
}
