/**
 * What a person shows of themselves, a nickname and an avatar: only the owner reads and saves it.
 */
import { personKey, type AccountId } from '../shared/identity/account';
import type { SavingCall } from '../shared/personal-data/personal-documents';
import type { Refusal } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';
import { StoreUnavailableError } from '../shared/session/session-store';
import { visibleText } from '../shared/session/visible-text';
import type { ProtectedCall, RefusedCall } from '../shared/session/with-session';
import type { Profile, ProfileReply } from './profile-contract';

export interface KeptProfile extends Profile {
  /** Earlier avatars whose files may still be there. */
  replacedFileIds: readonly string[];
  /** The last avatars whose files were removed, including those that were never shown. */
  goneFileIds: readonly string[];
}

export type Saved = { ok: true } | { ok: false; code: 'changed' } | Refusal;

export interface ProfileStore {
  /** Whether a file is in this environment's storage. */
  isOurs: (fileId: string) => boolean;
  read(account: AccountId): Promise<KeptProfile>;
  saveNickname(call: SavingCall, nickname: string): Promise<Saved>;
  /** Records the avatar that was `seen` as replaced. `changed`: there is another one by now. */
  saveAvatar(
    call: SavingCall,
    change: { avatarFileId: string; nickname: string | undefined },
    seen: string,
  ): Promise<Saved>;
  /** Resolves to those that the storage would not remove. A missing file counts as removed. */
  removeFiles(fileIds: readonly string[]): Promise<readonly string[]>;
  /** Moves files from the record of those replaced to that of those gone. */
  forgetFiles(account: AccountId, fileIds: readonly string[]): Promise<void>;
  /**
   * Records a file that is about to be removed as gone, unless it is the avatar: then `shown`.
   * `none`: there is no profile.
   */
  giveUpFile(account: AccountId, fileId: string): Promise<'done' | 'shown' | 'none'>;
}

/** In UTF-16 code units. WeChat's own nicknames are at most half as long. */
const MAX_NICKNAME_LENGTH = 64;
const CONTROL_CHARACTERS = /\p{Cc}/u;
/** How often saving an avatar is tried while other devices replace it. */
const AVATAR_TRIES = 4;

export async function profileAction(
  call: ProtectedCall,
  profiles: ProfileStore,
): Promise<ProfileReply> {
  const { account } = call;
  const { action, nickname: sent, avatarFileId } = call.data;
  if (action === 'read') return replyWith(account, await profiles.read(account));
  if (action !== 'save') return refuse('INVALID_INPUT', { field: 'action' });
  const nickname = sent === undefined ? undefined : readNickname(sent);
  if (sent !== undefined && nickname === undefined) {
    return refuse('INVALID_INPUT', { field: 'nickname' });
  }
  if (avatarFileId !== undefined && !isAvatarOf(account, avatarFileId, profiles)) {
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
      await orReport(call, () => removeUpload({ ...call, code }, profiles));
    }
    return outcome;
  }
  if (!outcome.ok) throw new StoreUnavailableError('save a profile', new Error(outcome.code));
  const kept = await profiles.read(account);
  await removeReplaced(call, profiles, kept);
  return replyWith(account, kept);
}

/**
 * Saves only while the avatar is the one that was seen: of two devices that replace it at once,
 * neither loses track of a file.
 */
async function saveAvatar(
  call: ProtectedCall,
  profiles: ProfileStore,
  change: { avatarFileId: string; nickname: string | undefined },
): Promise<Saved> {
  for (let tries = 1; ; tries++) {
    const { avatarFileId: seen, replacedFileIds, goneFileIds } = await profiles.read(call.account);
    // A late repetition, after another avatar took its place: the file is gone, or about to be.
    if ([...replacedFileIds, ...goneFileIds].includes(change.avatarFileId)) {
      return refuse('INVALID_INPUT', { field: 'avatarFileId' });
    }
    const outcome = await profiles.saveAvatar(call, change, seen);
    if (outcome.ok || outcome.code !== 'changed' || tries === AVATAR_TRIES) return outcome;
  }
}

/**
 * Removes the picture that was uploaded for a save whose session, or even account, has ended:
 * nobody would ever find it. Whoever signs in again uploads it again; the same save, repeated, is
 * refused.
 *
 * A picture that is shown stays: its save had succeeded, and the reply was lost. Without a profile
 * nothing could refuse the repeated save: then the picture goes only if the session is missing too,
 * as after a deletion.
 */
export async function removeUpload(
  { data, account, code }: Pick<RefusedCall, 'data' | 'account' | 'code'>,
  profiles: Pick<ProfileStore, 'isOurs' | 'giveUpFile' | 'removeFiles'>,
): Promise<void> {
  const { action, avatarFileId } = data;
  if (action !== 'save' || avatarFileId === '' || !isAvatarOf(account, avatarFileId, profiles))
    return;
  const was = await profiles.giveUpFile(account, avatarFileId);
  const isUnseen = was === 'done' || (was === 'none' && code === 'SESSION_MISSING');
  if (isUnseen) await profiles.removeFiles([avatarFileId]);
}

/**
 * They stay on record until they are gone: what fails now is done by the next save, or with the
 * account.
 */
async function removeReplaced(
  call: ProtectedCall,
  profiles: ProfileStore,
  { avatarFileId, replacedFileIds }: KeptProfile,
): Promise<void> {
  const replaced = replacedFileIds.filter((id) => id !== avatarFileId);
  if (replaced.length === 0) return;
  await orReport(call, async () => {
    const left = await profiles.removeFiles(replaced);
    const gone = replaced.filter((id) => !left.includes(id));
    if (gone.length > 0) await profiles.forgetFiles(call.account, gone);
    if (left.length > 0) call.report(new Error(`the storage kept ${left.length} replaced avatars`));
  });
}

/** Runs what the save, which is done, does not depend on; failures are reported. */
async function orReport({ report }: ProtectedCall, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    report(error);
  }
}

/** The folder of one person's avatars in the cloud storage. */
export function avatarFolder(account: AccountId): string {
  return `avatars/${personKey(account)}`;
}

function replyWith(account: AccountId, { nickname, avatarFileId }: Profile): ProfileReply {
  return { ok: true, profile: { nickname, avatarFileId }, avatarFolder: avatarFolder(account) };
}

/** The nickname as it will be shown; `undefined` if it is not valid. Empty: no nickname. */
function readNickname(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_NICKNAME_LENGTH) return undefined;
  if (CONTROL_CHARACTERS.test(value)) return undefined;
  const nickname = visibleText(value).trim();
  return nickname === '' && value.trim() !== '' ? undefined : nickname;
}

/**
 * A file in the person's own folder: a replaced avatar is deleted, so it must not be somebody
 * else's or out of reach.
 */
function isAvatarOf(
  account: AccountId,
  value: unknown,
  { isOurs }: Pick<ProfileStore, 'isOurs'>,
): value is string {
  const ownFile = new RegExp(
    `^cloud://[\\w.-]{1,128}/${avatarFolder(account)}/[\\w-]{1,64}\\.\\w{1,8}$`,
  );
  return value === '' || (typeof value === 'string' && ownFile.test(value) && isOurs(value));
}
