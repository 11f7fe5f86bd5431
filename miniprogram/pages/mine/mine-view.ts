/** What the page shows, computed from the session's and the profile's state. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import type { ProfileState } from '../../profile/profile-client';
import { explainState } from '../../session/explain';
import type { SessionState } from '../../session/session-state';

export interface MineView {
  signedIn: boolean;
  name: string;
  hint: string;
  /** Empty: none was chosen, or nobody is signed in. */
  avatar: string;
  message: string;
}

export function mineView(
  state: SessionState,
  profile: ProfileState,
  copy: Copy,
  isOverdue = false,
): MineView {
  const message = explainState(state, copy, isOverdue);
  if (state.status === 'signedOut') {
    const { signedOut: name, signInHint: hint } = copy.mine;
    return { signedIn: false, name, hint, avatar: '', message };
  }
  const { nickname, avatarFileId } =
    profile.status === 'loaded' ? profile.profile : { nickname: '', avatarFileId: '' };
  return {
    signedIn: true,
    name: nickname || copy.mine.signedIn,
    hint: copy.mine.editProfile,
    avatar: avatarFileId,
    message,
  };
}
