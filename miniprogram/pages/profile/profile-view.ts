/** What the page shows, computed from the profile's state. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import type { ProfileState } from '../../profile/profile-client';

export interface ProfileView {
  status: ProfileState['status'];
  nickname: string;
  /** Empty: none was chosen. */
  avatar: string;
  action: string;
  busy: boolean;
  canClear: boolean;
}

export function profileView(state: ProfileState, { profile: copy }: Copy): ProfileView {
  const { nickname, avatarFileId } =
    state.status === 'loaded' ? state.profile : { nickname: '', avatarFileId: '' };
  const busy = state.status === 'loaded' && state.saving;
  return {
    status: state.status,
    nickname,
    avatar: avatarFileId,
    action: busy ? copy.saving : copy.save,
    busy,
    canClear: nickname !== '' || avatarFileId !== '',
  };
}
