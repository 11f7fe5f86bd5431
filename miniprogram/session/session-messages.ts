/** What to tell the person about their session. No `wx` in here. */
import { fill, formatTime, type Copy } from '../i18n/index';
import type { SessionEnd, SessionState } from './session-state';

/** Why this phone is signed out, or why the last attempt failed; empty when there is nothing to explain. */
export function sessionMessage(state: SessionState, copy: Copy): string {
  if (state.problem !== undefined) return copy.problem[state.problem];
  if (state.status === 'signedOut' && state.ended !== undefined)
    return endMessage(state.ended, copy);
  return '';
}

function endMessage({ code, detail }: SessionEnd, copy: Copy): string {
  if (detail?.endedAt === undefined)
    return copy.ended[code].includes('{') ? copy.ended.SESSION_MISSING : copy.ended[code];
  return fill(copy.ended[code], {
    time: formatTime(copy, detail.endedAt),
    device: detail.device?.name || copy.otherDevice,
  });
}
