/**
 * One line of JSON for every call, for the logs of the cloud console (OWASP ASVS 5.0, chapter 16).
 * It names people and sessions by a hash, which is enough to follow one through the log and
 * identifies nobody; tokens never appear.
 */
import { createHash } from 'node:crypto';
import type { AccountId } from '../identity/account';
import type { Refusal } from './contract';
import { StoreUnavailableError } from './session-store';

export interface AuthLogEntry {
  /** The name of the function. */
  event: string;
  /** What the function was asked to do, where it can do several things. */
  action?: string | undefined;
  reply: { ok: true } | Refusal;
  /** Whose data it is about. */
  account?: AccountId | undefined;
  sessionId?: string | undefined;
  durationMs: number;
  /** What was thrown, also when the call went on without it. */
  error?: unknown;
  /** Numbers that are worth having in the log, such as how many sessions were ended. */
  counts?: Readonly<Record<string, number | boolean>>;
}

export function authLogLine(entry: AuthLogEntry): string {
  const { event, action, reply, account, sessionId, durationMs, error, counts } = entry;
  return JSON.stringify({
    event,
    action,
    outcome: outcomeOf(reply),
    code: reply.ok ? undefined : reply.code,
    field: reply.ok ? undefined : reply.detail?.field,
    reason: reply.ok ? undefined : reply.detail?.reason,
    user: account && pseudonym(account),
    session: sessionId && pseudonym(sessionId),
    ...counts,
    durationMs,
    ...(error !== undefined && describeError(error)),
  });
}

/** `refused` is the caller's doing, `failed` is ours or the cloud's. */
function outcomeOf(reply: { ok: true } | Refusal): 'ok' | 'refused' | 'failed' {
  if (reply.ok) return 'ok';
  return reply.code === 'UNAVAILABLE' || reply.code === 'INTERNAL' ? 'failed' : 'refused';
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
