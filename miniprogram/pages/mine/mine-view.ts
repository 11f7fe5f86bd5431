/** What the page shows, computed from the session's state. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import { sessionMessage } from '../../session/session-messages';
import type { SessionState } from '../../session/session-state';

export interface MineView {
  signedIn: boolean;
  name: string;
  hint: string;
  message: string;
}

export function mineView(state: SessionState, copy: Copy): MineView {
  const signedIn = state.status === 'signedIn';
  return {
    signedIn,
    name: signedIn ? copy.mine.signedIn : copy.mine.signedOut,
    hint: signedIn ? state.session.device.name : copy.mine.signInHint,
    message: sessionMessage(state, copy),
  };
}
