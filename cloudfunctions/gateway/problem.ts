/** Errors over HTTP: problem details (RFC 9457). */

export interface Problem {
  status: number;
  title: string;
  /** Which field of the request is wrong. */
  field?: string;
  headers?: Readonly<Record<string, string>>;
}

/** Anyone can send a token, so nobody learns why one is bad (RFC 6750, section 3.1). */
export const BAD_TOKEN: Problem = {
  status: 401,
  title: 'The access token is missing or not valid.',
  headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
};

export const BAD_CLIENT: Problem = {
  status: 401,
  title: 'The client is not authenticated.',
  headers: { 'WWW-Authenticate': 'Basic realm="gateway"' },
};

export const NOT_FOUND: Problem = { status: 404, title: 'Not found.' };
export const UNAVAILABLE: Problem = {
  status: 503,
  title: 'The service is busy. Try again shortly.',
  headers: { 'Retry-After': '1' },
};
export const FAILED: Problem = { status: 500, title: 'Something went wrong on our side.' };

export const badRequest = (field: string): Problem => ({
  status: 400,
  title: `The request is not valid: ${field}.`,
  field,
});

export function problemResponse({ status, title, field, headers }: Problem): Response {
  const body = { type: 'about:blank', title, status, ...(field !== undefined && { field }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...headers,
    },
  });
}
