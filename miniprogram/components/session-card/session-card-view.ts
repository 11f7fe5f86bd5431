/** What the card shows, computed from the session's state. No `wx` in here. */
import { formatTime, type Copy } from '../../i18n/index';
import { explainState } from '../../session/explain';
import type { SessionState } from '../../session/session-state';

export interface SessionCardView {
  signedIn: boolean;
  title: string;
  hint: string;
  /** Empty when there is nothing to explain. */
  message: string;
  rows: readonly { key: string; label: string; value: string }[];
  /** The label of the main action, which changes while it is under way. */
  action: string;
  signOut: string;
  busy: boolean;
}

export function sessionCardView(
  state: SessionState,
  copy: Copy,
  isOverdue = false,
): SessionCardView {
  const { card } = copy;
  const message = explainState(state, copy, isOverdue);
  if (state.status === 'signedOut') {
    return {
      signedIn: false,
      title: card.signedOut,
      hint: card.signedOutHint,
      message,
      rows: [],
      action: state.busy === 'login' ? card.signingIn : card.signIn,
      signOut: '',
      busy: state.busy !== undefined,
    };
  }
  const { device, createdAt, expiresAt } = state.session;
  return {
    signedIn: true,
    title: card.signedIn,
    hint: '',
    message,
    rows: [
      { key: 'device', label: card.device, value: device.name || card.thisDevice },
      { key: 'since', label: card.since, value: formatTime(copy, createdAt) },
      { key: 'until', label: card.until, value: formatTime(copy, expiresAt) },
    ],
    action: state.busy === 'check' ? card.checking : card.refresh,
    signOut: card.signOut,
    busy: state.busy !== undefined,
  };
}
