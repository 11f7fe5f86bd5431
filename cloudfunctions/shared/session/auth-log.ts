/**
 * One line of JSON for every call, for the logs of the cloud console (OWASP ASVS 5.0, 16.2 and 16.3). It names people
 * and sessions by a hash, which is enough to follow one through the log and is no identity; tokens never appear.
 */
import { createHash } from 'node:crypto';
import type { Refusal } from './contract';
import type { Owner } from './session';
import { StoreUnavailableError } from './session-store';

export interface AuthLogEntry {
  event: 'login' | 'logout' | 'session';
  reply: { ok: true } | Refusal;
  caller: Owner | undefined;
  sessionId: string | undefined;
  durationMs: number;
  /** What was thrown, when the reply is `UNAVAILABLE` or `INTERNAL`. */
  error?: unknown;
}

export function authLogLine(entry: AuthLogEntry): string {
  const { event, reply, caller, sessionId, durationMs, error } = entry;
  return JSON.stringify({
    event,
    outcome: reply.ok ? 'ok' : error === undefined ? 'refused' : 'failed',
    code: reply.ok ? undefined : reply.code,
    field: reply.ok ? undefined : reply.detail?.field,
    user: caller && pseudonym(`${caller.appid}:${caller.openid}`),
    session: sessionId && pseudonym(sessionId),
    durationMs,
    ...(error !== undefined && describeError(error)),
  });
}

function pseudonym(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}

function describeError(error: unknown): { error: string; hint?: string | undefined } {
  if (error instanceof StoreUnavailableError) {
    return { error: `${error.message}: ${messageOf(error.cause)}`, hint: error.hint };
  }
  return { error: error instanceof Error ? (error.stack ?? error.message) : messageOf(error) };
}

/** The SDK throws errors as well as plain `{ errCode, errMsg }` objects. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const errMsg: unknown =
    typeof error === 'object' && error !== null && 'errMsg' in error ? error.errMsg : undefined;
  return typeof errMsg === 'string' ? errMsg : String(error);
}
