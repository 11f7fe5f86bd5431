/**
 * The function `profile`. Types only: the mini program imports them.
 *
 * `data` is `{ action: 'read' }`, or `{ action: 'save', nickname?, avatarFileId? }`: a field that is left out stays as it
 * is, an empty one takes back what was chosen. Either is answered with the profile as it is then.
 */
import type { Reply } from '../shared/session/contract';

export interface Profile {
  /** Empty when the person has chosen none. */
  nickname: string;
  /** `cloud://…`, for `<image src>`; empty when the person has chosen none. */
  avatarFileId: string;
}

export type ProfileReply = Reply<{
  profile: Profile;
  /** Where `wx.cloud.uploadFile` has to put this person's avatars; `save` takes no others. */
  avatarFolder: string;
}>;
