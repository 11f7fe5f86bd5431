/** What a person shows of themselves, a nickname and an avatar: read and saved by its owner only. */
import { personKey } from '../shared/identity/person-key';
import type { SavingCall } from '../shared/personal-data/personal-documents';
import type { Refusal } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';
import { StoreUnavailableError } from '../shared/session/session-store';
import type { ProtectedCall, RefusedCall } from '../shared/session/with-session';
import { visibleText } from '../shared/session/visible-text';
import type { Profile, ProfileReply } from './profile-contract';

type Owner = ProtectedCall['caller'];

export interface KeptProfile extends Profile {
  /** Avatars of before whose files may still be there. */
  replacedFileIds: readonly string[];
  /** The last of those whose files were removed, also of what was never shown. */
  goneFileIds: readonly string[];
}

export type Saved = { ok: true } | { ok: false; code: 'changed' } | Refusal;

export interface ProfileStore {
  /** Whether a file is in this environment's storage. */
  isOurs: (fileId: string) => boolean;
  read(owner: Owner): Promise<KeptProfile>;
  saveNickname(call: SavingCall, nickname: string): Promise<Saved>;
  /** Keeps the avatar that was `seen` on record as replaced. `changed` when another is there by now. */
  saveAvatar(
    call: SavingCall,
    change: { avatarFileId: string; nickname: string | undefined },
    seen: string,
  ): Promise<Saved>;
  /** Resolves to those that the storage would not remove. One that is not there is removed. */
  removeFiles(fileIds: readonly string[]): Promise<readonly string[]>;
  /** Takes files that are gone from the record of those replaced. */
  forgetFiles(owner: Owner, fileIds: readonly string[]): Promise<void>;
  /** Puts a file that is about to be removed on record as gone, unless it is the avatar: then it is `shown`. `none`: there is no profile. */
  giveUpFile(owner: Owner, fileId: string): Promise<'done' | 'shown' | 'none'>;
}

/** In UTF-16 code units. WeChat's own nicknames are at most half as long. */
const MAX_NICKNAME_LENGTH = 64;
const CONTROL_CHARACTERS = /\p{Cc}/u;
/** How often an avatar that another device replaces meanwhile is tried anew. */
const AVATAR_TRIES = 4;

export async function profileAction(
  call: ProtectedCall,
  profiles: ProfileStore,
): Promise<ProfileReply> {
  const { caller } = call;
  const { action, nickname: sent, avatarFileId } = call.data;
  if (action === 'read') return describe(caller, await profiles.read(caller));
  if (action !== 'save') return refuse('INVALID_INPUT', { field: 'action' });
  const nickname = sent === undefined ? undefined : readNickname(sent);
  if (sent !== undefined && nickname === undefined) {
    return refuse('INVALID_INPUT', { field: 'nickname' });
  }
  if (avatarFileId !== undefined && !isAvatarOf(caller, avatarFileId, profiles)) {
    return refuse('INVALID_INPUT', { field: 'avatarFileId' });
  }
  const outcome =
    avatarFileId !== undefined
      ? await saveAvatar(call, profiles, { avatarFileId, nickname })
      : nickname !== undefined
        ? await profiles.saveNickname(call, nickname)
        : { ok: true as const };
  if (!outcome.ok && outcome.code !== 'changed') {
    const { code } = outcome;
    if (code.startsWith('SESSION_')) {
      await attempt(call, () => removeUpload({ ...call, code }, profiles));
    }
    return outcome;
  }
  if (!outcome.ok) throw new StoreUnavailableError('save a profile', new Error(outcome.code));
  const kept = await profiles.read(caller);
  await removeReplaced(call, profiles, kept);
  return describe(caller, kept);
}

/** Only if the avatar is still the one that was seen: of two devices that replace it at once, neither loses track of a file. */
async function saveAvatar(
  call: ProtectedCall,
  profiles: ProfileStore,
  change: { avatarFileId: string; nickname: string | undefined },
): Promise<Saved> {
  for (let tries = 1; ; tries++) {
    const { avatarFileId: seen, replacedFileIds, goneFileIds } = await profiles.read(call.caller);
    // Sent again late, after another took its place: its file is gone, or about to be.
    if ([...replacedFileIds, ...goneFileIds].includes(change.avatarFileId)) {
      return refuse('INVALID_INPUT', { field: 'avatarFileId' });
    }
    const outcome = await profiles.saveAvatar(call, change, seen);
    if (outcome.ok || outcome.code !== 'changed' || tries === AVATAR_TRIES) return outcome;
  }
}

/**
 * Removes the picture that was uploaded for a save which met the end of its session, maybe of the account: nobody would ever find it.
 * Whoever signs in and goes on uploads it anew; the same save, sent again, is refused.
 *
 * One that is shown stays: that save had gone through before, and its reply was lost. Where there is no profile, nothing could refuse the
 * same save: it goes only where there is no session either, as after a deletion.
 */
export async function removeUpload(
  { data, caller, code }: Pick<RefusedCall, 'data' | 'caller' | 'code'>,
  profiles: Pick<ProfileStore, 'isOurs' | 'giveUpFile' | 'removeFiles'>,
): Promise<void> {
  const { action, avatarFileId } = data;
  if (action !== 'save' || avatarFileId === '' || !isAvatarOf(caller, avatarFileId, profiles))
    return;
  const was = await profiles.giveUpFile(caller, avatarFileId);
  const isUnseen = was === 'done' || (was === 'none' && code === 'SESSION_MISSING');
  if (isUnseen) await profiles.removeFiles([avatarFileId]);
}

/** They stay on record until they are gone: what fails now is done by the next save, or with the account. */
async function removeReplaced(
  call: ProtectedCall,
  profiles: ProfileStore,
  { avatarFileId, replacedFileIds }: KeptProfile,
): Promise<void> {
  const replaced = replacedFileIds.filter((id) => id !== avatarFileId);
  if (replaced.length === 0) return;
  await attempt(call, async () => {
    const left = await profiles.removeFiles(replaced);
    const gone = replaced.filter((id) => !left.includes(id));
    if (gone.length > 0) await profiles.forgetFiles(call.caller, gone);
    if (left.length > 0) call.report(new Error(`the storage kept ${left.length} replaced avatars`));
  });
}

/** What the save, which is done, does not depend on. */
async function attempt({ report }: ProtectedCall, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    report(error);
  }
}

/** The folder of one person's avatars in the cloud storage. */
export function avatarFolder(owner: Owner): string {
  return `avatars/${personKey(owner)}`;
}

function describe(owner: Owner, { nickname, avatarFileId }: Profile): ProfileReply {
  return { ok: true, profile: { nickname, avatarFileId }, avatarFolder: avatarFolder(owner) };
}

/** As it is seen; `undefined` for what is none. Empty takes it back. */
function readNickname(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_NICKNAME_LENGTH) return undefined;
  if (CONTROL_CHARACTERS.test(value)) return undefined;
  const nickname = visibleText(value).trim();
  return nickname === '' && value.trim() !== '' ? undefined : nickname;
}

/** A file in the person's own folder: what is replaced gets deleted, and must not be somebody else's, nor out of reach. */
function isAvatarOf(
  owner: Owner,
  value: unknown,
  { isOurs }: Pick<ProfileStore, 'isOurs'>,
): value is string {
  const ownFile = new RegExp(
    `^cloud://[\\w.-]{1,128}/${avatarFolder(owner)}/[\\w-]{1,64}\\.\\w{1,8}$`,
  );
  return value === '' || (typeof value === 'string' && ownFile.test(value) && isOurs(value));
}
