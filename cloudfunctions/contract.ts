/**
 * The door of the functions for their callers. Types only: importing it costs the mini program no
 * bytes.
 */
import type { AccountReply, AccountRequest } from './account/account-contract';
import type { NoteReply, NoteRequest } from './note/note-contract';
import type { ProfileReply, ProfileRequest } from './profile/profile-contract';
import type { SessionContract } from './session-contract';

export type * from './session-contract';
export type { Profile } from './profile/profile-contract';

/** Every function that this mini program calls: the session's, and its own. */
export interface Contract extends SessionContract {
  note: { request: NoteRequest; reply: NoteReply };
  profile: { request: ProfileRequest; reply: ProfileReply };
  account: { request: AccountRequest; reply: AccountReply };
}
