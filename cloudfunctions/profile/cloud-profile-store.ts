/**
 * Profiles in the collection `profiles` (ADMINONLY), one document a person; avatars in the cloud
 * storage.
 */
import type { database } from 'wx-server-sdk';
import type { PersonalData } from '../shared/personal-data/personal-data';
import { personalDocuments } from '../shared/personal-data/personal-documents';
import type { KeptProfile, ProfileStore } from './profile-action';

interface ProfileCloud {
  database: ReturnType<typeof database>;
  /** Of the SDK. By its type it may return nothing, which it does only when given callbacks. */
  deleteFile: (options: { fileList: string[] }) => unknown;
  /** The id of the environment whose storage this function uses. */
  environment: string | undefined;
}

const NO_SUCH_FILE = -503003;
/** https://docs.cloudbase.net/api-reference/server/node-sdk/storage */
const MOST_FILES_AT_ONCE = 50;
const NOTHING = { nickname: '', avatarFileId: '', replacedFileIds: [], goneFileIds: [] };

/** How many to remember: more than one phone can have sent without getting a reply. */
const MAX_GONE_FILE_IDS = 10;

export function cloudProfileStore(cloud: ProfileCloud): ProfileStore & PersonalData {
  const profiles = personalDocuments(cloud.database, 'profiles');
  const _ = cloud.database.command;
  // Unknown in local debugging, where the files are in the cloud and the function is not.
  const isOurs = (id: string): boolean =>
    cloud.environment === undefined || id.startsWith(`cloud://${cloud.environment}.`);

  /** @throws what the SDK throws when the storage cannot be reached */
  async function remove(fileIds: readonly string[]): Promise<string[]> {
    const reply = await cloud.deleteFile({ fileList: [...fileIds] });
    const { fileList } = reply as { fileList: { fileID: string; status: number }[] };
    const refused = fileList.filter(({ status }) => status !== 0 && status !== NO_SUCH_FILE);
    return refused.map(({ fileID }) => fileID);
  }

  /**
   * A file that makes the cloud refuse the whole request must not keep the others from being
   * removed.
   */
  async function removeOneByOne(fileIds: readonly string[]): Promise<string[]> {
    const left: string[] = [];
    for (const id of fileIds) {
      try {
        left.push(...(await remove([id])));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        left.push(id);
      }
    }
    return left;
  }

  const store: ProfileStore & PersonalData = {
    isOurs,
    async read(account) {
      return decode(await profiles.read(account));
    },
    saveNickname: (call, nickname) =>
      profiles.save(call, { change: { nickname }, initial: NOTHING }),
    saveAvatar(call, { avatarFileId, nickname }, seen) {
      const isReplaced = seen !== '' && seen !== avatarFileId;
      const change = {
        avatarFileId,
        ...(nickname !== undefined && { nickname }),
        ...(isReplaced && { replacedFileIds: _.addToSet(seen) }),
      };
      return profiles.save(call, {
        change,
        initial: NOTHING,
        seen: { avatarFileId: seen },
      });
    },
    async removeFiles(fileIds) {
      const left: string[] = [];
      for (let from = 0; from < fileIds.length; from += MOST_FILES_AT_ONCE) {
        const some = fileIds.slice(from, from + MOST_FILES_AT_ONCE);
        try {
          left.push(...(await remove(some)));
        } catch (error) {
          if (!isRefusal(error)) throw error;
          left.push(...(await removeOneByOne(some)));
        }
      }
      return left;
    },
    async forgetFiles(account, fileIds) {
      for (const id of fileIds) {
        // Of two saves that removed it, one records it as gone.
        await profiles.update(
          account,
          {
            replacedFileIds: _.pull(id),
            goneFileIds: _.push({ each: [id], slice: -MAX_GONE_FILE_IDS }),
          },
          { replacedFileIds: id },
        );
      }
    },
    async giveUpFile(account, fileId) {
      const goneFileIds = _.push({ each: [fileId], slice: -MAX_GONE_FILE_IDS });
      const isHidden = { avatarFileId: _.neq(fileId) };
      for (;;) {
        if (await profiles.update(account, { goneFileIds }, isHidden)) return 'done';
        const document = await profiles.read(account);
        if (document === undefined) return 'none';
        if (document['avatarFileId'] === fileId) return 'shown';
        // Created, or changed, between the two.
      }
    },
    async removeAll(account, isSignedIn) {
      let filesLeft = 0;
      await profiles.remove(account, isSignedIn, async (document, kept) => {
        const { avatarFileId, replacedFileIds } = decode(document);
        const current = kept.has('avatarFileId') ? '' : avatarFileId;
        const fileIds = [...replacedFileIds, current].filter((id) => id !== '');
        const left = await store.removeFiles(fileIds);
        filesLeft = left.length;
        if (kept.size === 0) return left.length === 0 ? undefined : onlyFiles(left);
        const replaced = { replacedFileIds: _.set([...left]) };
        const others = (['nickname', 'avatarFileId'] as const).filter((name) => !kept.has(name));
        return { ...replaced, ...Object.fromEntries(others.map((name) => [name, NOTHING[name]])) };
      });
      return { filesLeft };
    },
  };

  /** What is left of a deleted account: the files that could not be removed, to be tried again. */
  function onlyFiles(fileIds: readonly string[]): Readonly<Record<string, unknown>> {
    const gone = _.remove();
    const { avatarFileId, nickname } = NOTHING;
    const nobody = {
      openid: gone,
      appid: gone,
      sources: gone,
      savedAt: gone,
      createdIn: gone,
      goneFileIds: gone,
    };
    // Created now: a save that is still running counts as older.
    const createdAt = cloud.database.serverDate();
    return { ...nobody, nickname, avatarFileId, createdAt, replacedFileIds: _.set([...fileIds]) };
  }

  return store;
}

/** A document that was edited in the console may hold anything. */
const isString = (value: unknown): value is string => typeof value === 'string';

/**
 * The cloud answered and refused. Here all errors of the SDK have the code -1; only an answer of
 * the cloud has a request id too. After anything else nothing is known, and trying again may help.
 */
function isRefusal(error: unknown): boolean {
  return typeof (error as { requestId?: unknown } | null)?.requestId === 'string';
}

function decode(document: Readonly<Record<string, unknown>> = {}): KeptProfile {
  const string = (name: string): string => (isString(document[name]) ? document[name] : '');
  const strings = (name: string): readonly string[] => {
    const value = document[name];
    return Array.isArray(value) ? value.filter(isString) : [];
  };
  return {
    nickname: string('nickname'),
    avatarFileId: string('avatarFileId'),
    replacedFileIds: strings('replacedFileIds'),
    goneFileIds: strings('goneFileIds'),
  };
}
