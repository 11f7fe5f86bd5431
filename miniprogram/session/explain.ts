/** What to tell the person about their session. No `wx` in here. */
import { fill, formatTime, type SessionTexts } from '../i18n/session/index';
import type { RefusalDetail } from '#functions/session-contract';
import type { ProblemCode, SessionEnd, SessionState } from './session-state';

/**
 * Why this phone is signed out, or why the last attempt failed; empty when there is nothing to
 * explain.
 *
 * @param isOverdue by the phone's clock the session has expired, and nobody has said so yet
 */
export function explainState(state: SessionState, copy: SessionTexts, isOverdue = false): string {
  if (state.problem === 'NETWORK' && isOverdue) return copy.overdue;
  if (state.problem !== undefined) return problemMessage(state.problem, state.problemDetail, copy);
  if (state.status === 'signedOut' && state.ended !== undefined)
    return endMessage(state.ended, copy);
  return '';
}

const MINUTE_MS = 60_000;

/**
 * What to tell the person when something that they asked for was refused: when they may try again,
 * if it was too much; else what the page says.
 */
export function explainRefusal(
  { code, detail }: { code: string; detail?: { retryAt?: number } | undefined },
  copy: SessionTexts,
  otherwise: string,
): string {
  if (code !== 'TOO_MANY_ATTEMPTS') return otherwise;
  if (detail?.retryAt === undefined) return copy.problem.TOO_MANY_ATTEMPTS;
  // Times are shown to the minute: not one that is too early.
  const minuteAt = Math.ceil(detail.retryAt / MINUTE_MS) * MINUTE_MS;
  return fill(copy.tooManyUntil, { time: formatTime(copy, minuteAt) });
}

function problemMessage(
  code: ProblemCode,
  detail: RefusalDetail | undefined,
  copy: SessionTexts,
): string {
  if (code === 'INVALID_INPUT') {
    if (detail?.field === 'code') return copy.codeUsed;
    // It has a form that no name or password has.
    if (detail?.field === 'name' || detail?.field === 'password') {
      return copy.problem.IDENTITY_UNKNOWN;
    }
  }
  return explainRefusal({ code, detail }, copy, copy.problem[code]);
}

function endMessage({ code, detail }: SessionEnd, copy: SessionTexts): string {
  if (detail?.endedAt === undefined)
    return copy.ended[code].includes('{') ? copy.ended.SESSION_MISSING : copy.ended[code];
  return fill(copy.ended[code], {
    time: formatTime(copy, detail.endedAt),
    device: detail.device?.name || copy.otherDevice,
  });
}
