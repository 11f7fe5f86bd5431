/** What a person shows of themselves, a nickname and an avatar: read and saved by its owner only. */
import { personKey } from '../shared/person-key';
import { refuse } from '../shared/session/refusal';
import type { ProtectedCall } from '../shared/session/with-session';
import type { Profile, ProfileReply } from './profile-contract';

type Owner = ProtectedCall['caller'];

export interface KeptProfile extends Profile {
  /** Avatars of before whose files may still be there. */
  replacedFileIds: readonly string[];
}

export interface ProfileStore {
  read(owner: Owner): Promise<KeptProfile>;
  save(owner: Owner, profile: KeptProfile, at: Date): Promise<void>;
  /** Resolves once none of them is there. */
  removeFiles(fileIds: readonly string[]): Promise<void>;
}

/** In UTF-16 code units. WeChat's own nicknames are at most half as long. */
const MAX_NICKNAME_LENGTH = 64;
const CONTROL_CHARACTERS = /\p{Cc}/u;

export async function profileAction(
  { data, caller, now }: ProtectedCall,
  profiles: ProfileStore,
): Promise<ProfileReply> {
  const { action, nickname, avatarFileId } = data;
  if (action === 'read') return describe(caller, await profiles.read(caller));
  if (action !== 'save') return refuse('INVALID_INPUT', { field: 'action' });
  if (nickname !== undefined && !isNickname(nickname)) {
    return refuse('INVALID_INPUT', { field: 'nickname' });
  }
  if (avatarFileId !== undefined && !isAvatarOf(caller, avatarFileId)) {
    return refuse('INVALID_INPUT', { field: 'avatarFileId' });
  }
  const before = await profiles.read(caller);
  const profile = {
    nickname: nickname?.trim() ?? before.nickname,
    avatarFileId: avatarFileId ?? before.avatarFileId,
  };
  const replacedFileIds = [...before.replacedFileIds, before.avatarFileId].filter(
    (id) => id !== '' && id !== profile.avatarFileId,
  );
  // On record before they are removed, so that whoever comes after a save that was cut short still finds them.
  await profiles.save(caller, { ...profile, replacedFileIds }, now);
  if (replacedFileIds.length > 0) {
    await profiles.removeFiles(replacedFileIds);
    await profiles.save(caller, { ...profile, replacedFileIds: [] }, now);
  }
  return describe(caller, profile);
}

/** The folder of one person's avatars in the cloud storage. */
export function avatarFolder(owner: Owner): string {
  return `avatars/${personKey(owner)}`;
}

function describe(owner: Owner, { nickname, avatarFileId }: Profile): ProfileReply {
  return { ok: true, profile: { nickname, avatarFileId }, avatarFolder: avatarFolder(owner) };
}

function isNickname(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= MAX_NICKNAME_LENGTH &&
    !CONTROL_CHARACTERS.test(value)
  );
}

/** A file in the person's own folder: what is replaced gets deleted, and must not be somebody else's. */
function isAvatarOf(owner: Owner, value: unknown): value is string {
  const ownFile = new RegExp(
    `^cloud://[\\w.-]{1,128}/${avatarFolder(owner)}/[\\w-]{1,64}\\.\\w{1,8}$`,
  );
  return value === '' || (typeof value === 'string' && ownFile.test(value));
}
