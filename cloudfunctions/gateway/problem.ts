/** Errors over HTTP: problem details (RFC 9457), with the contract's code for programs. */
import type { Refusal, Reply, SessionErrorCode } from '../shared/session/contract';

export interface Problem {
  status: number;
  title: string;
  code?: SessionErrorCode;
  /** Which field of the request is wrong, or names what does not exist. */
  field?: string;
  /** Epoch milliseconds. */
  retryAt?: number;
  headers?: Readonly<Record<string, string>>;
}

/** Anyone can send a token, so nobody learns why one is bad (RFC 6750, section 3.1). */
const BAD_TOKEN: Problem = {
  status: 401,
  title: 'The access token is missing or not valid.',
  code: 'SESSION_MISSING',
  headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
};

const BAD_CLIENT: Problem = {
  status: 401,
  title: 'The client is not authenticated.',
  code: 'NO_IDENTITY',
  headers: { 'WWW-Authenticate': 'Basic realm="gateway"' },
};

/** It says nothing about a token, so it has no `error` (RFC 6750, section 3). */
const WRONG_PASSWORD: Problem = {
  status: 401,
  title: 'The name or the password is wrong.',
  code: 'IDENTITY_UNKNOWN',
  headers: { 'WWW-Authenticate': 'Bearer' },
};

/** For a path that does not exist. It says nothing about a session, so it has no code. */
export const NOT_FOUND: Problem = { status: 404, title: 'Not found.' };

export const notAllowed = (methods: readonly string[]): Problem => ({
  status: 405,
  title: 'Method not allowed.',
  headers: { Allow: methods.join(', ') },
});

/** The `field` of a refusal for a body of the wrong type, and for one that is too long. */
export const CONTENT_TYPE = 'content-type';
export const TOO_LONG = 'content-length';

const UNAVAILABLE: Problem = {
  status: 503,
  title: 'The service is busy. Try again shortly.',
  code: 'UNAVAILABLE',
  headers: { 'Retry-After': '1' },
};
export const FAILED: Problem = {
  status: 500,
  title: 'Something went wrong on our side.',
  code: 'INTERNAL',
};

function problemOf({ code, detail = {} }: Refusal, now: Date): Problem {
  const { field, retryAt } = detail;
  switch (code) {
    case 'NO_IDENTITY':
      return BAD_CLIENT;
    case 'INVALID_INPUT':
      return badRequest(field ?? 'data');
    case 'TOO_MANY_ATTEMPTS':
      return tooMany(retryAt ?? now.getTime(), now);
    case 'UNAVAILABLE':
      return UNAVAILABLE;
    case 'IDENTITY_UNKNOWN':
      return WRONG_PASSWORD;
    case 'IDENTITY_TAKEN':
      return { status: 409, title: 'This identity belongs to another account.', code };
    case 'NOT_OFFERED':
      return { status: 403, title: 'This way in is not offered.', code };
    case 'ACCOUNT_BLOCKED':
      return { status: 403, title: 'The account is blocked.', code };
    // Nothing here requires a recent sign-in, or unlinks.
    case 'SESSION_NOT_FRESH':
    case 'LAST_IDENTITY':
    case 'INTERNAL':
      return FAILED;
    case 'SESSION_MISSING':
    case 'SESSION_EXPIRED':
    case 'SESSION_REPLACED':
    case 'SESSION_REVOKED':
      // With a field: the session to end is not one of this person's. Without: the token is bad.
      return field === undefined ? BAD_TOKEN : { ...NOT_FOUND, code: 'SESSION_MISSING', field };
  }
}

function badRequest(field: string): Problem {
  const problem = { status: 400, title: `The request is not valid: ${field}.`, field };
  if (field === CONTENT_TYPE) problem.status = 415;
  if (field === TOO_LONG) Object.assign(problem, { status: 413, title: 'The body is too large.' });
  return { ...problem, code: 'INVALID_INPUT' };
}

function tooMany(retryAt: number, now: Date): Problem {
  const seconds = Math.max(1, Math.ceil((retryAt - now.getTime()) / 1_000));
  return {
    status: 429,
    title: 'Too many requests.',
    code: 'TOO_MANY_ATTEMPTS',
    retryAt,
    headers: { 'Retry-After': String(seconds) },
  };
}

export function problemResponse({ headers, ...problem }: Problem): Response {
  return new Response(JSON.stringify({ type: 'about:blank', ...problem }), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

/** A reply of the contract as an HTTP response. */
export function responseOf(reply: Reply<object>, now: Date): Response {
  if (!reply.ok) return problemResponse(problemOf(reply, now));
  const { ok: _, ...body } = reply;
  return Response.json(body);
}
