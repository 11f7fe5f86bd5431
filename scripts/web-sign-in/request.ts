/** One request to the gateway, answered whatever happens. */
import type { Place } from './index';

export interface Answer {
  /** 0: none came. */
  status: number;
  /** Empty unless it is a JSON object: what a proxy answers says nothing. */
  body: Record<string, unknown>;
  retryAfterMs: number;
}

const PATIENCE_MS = 20_000;

export async function request(
  { gateway }: Place,
  path: string,
  init: RequestInit,
): Promise<Answer> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
  }, PATIENCE_MS);
  try {
    const response = await fetch(`${gateway.replace(/\/+$/, '')}/v1/${path}`, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      signal: limit.signal,
    });
    const seconds = Number(response.headers.get('Retry-After'));
    const body: unknown = await response.json().catch(() => undefined);
    return {
      status: response.status,
      body: typeof body === 'object' && body !== null ? { ...body } : {},
      retryAfterMs: seconds > 0 ? seconds * 1_000 : 0,
    };
  } catch {
    return { status: 0, body: {}, retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

export const withToken = (method: string, token: string): RequestInit => ({
  method,
  headers: { Authorization: `Bearer ${token}` },
});

/** The gateway's own word that the token is over: a proxy's 401 has no `code`. */
export const isOver = ({ status, body }: Answer): boolean =>
  status === 401 && body['code'] === 'SESSION_MISSING';
