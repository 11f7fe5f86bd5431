/** The function `profile`. Types only: the mini program imports them. */
import type { Reply } from '../shared/session/contract';

export interface Profile {
  /** Empty when the person has chosen none. */
  nickname: string;
  /** `cloud://…`, for `<image src>`; empty when the person has chosen none. */
  avatarFileId: string;
}

export type ProfileRequest = { sessionToken: string } & (
  | { action: 'read' }
  /** A field that is left out stays as it is, an empty one takes back what was chosen. */
  | ({ action: 'save' } & Partial<Profile>)
);

/** The profile as it is then. */
export type ProfileReply = Reply<{
  profile: Profile;
  /** Where `wx.cloud.uploadFile` has to put this person's avatars; `save` takes no others. */
  avatarFolder: string;
}>;
