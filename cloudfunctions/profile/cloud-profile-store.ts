/** Profiles in the collection `profiles` (ADMINONLY), one document a person; avatars in the cloud storage. */
import type { database } from 'wx-server-sdk';
import type { PersonalData } from '../account/account-action';
import { personalDocuments } from '../shared/personal-documents';
import type { KeptProfile, ProfileStore } from './profile-action';

interface ProfileCloud {
  database: ReturnType<typeof database>;
  /** The SDK's own. Its type says it may answer nothing, which it does only when it is given callbacks. */
  deleteFile: (options: { fileList: string[] }) => unknown;
  /** The id of the environment whose storage is this function's. */
  environment: string | undefined;
}

const NO_SUCH_FILE = -503003;
const NOTHING = { nickname: '', avatarFileId: '', replacedFileIds: [] };

export function cloudProfileStore(cloud: ProfileCloud): ProfileStore & PersonalData {
  const profiles = personalDocuments(cloud.database, 'profiles');
  const _ = cloud.database.command;
  const isOurs = (id: string): boolean => id.startsWith(`cloud://${cloud.environment ?? ''}.`);

  /** @throws what the SDK throws when the storage cannot be reached */
  async function remove(fileIds: readonly string[]): Promise<string[]> {
    if (fileIds.length === 0) return [];
    const reply = await cloud.deleteFile({ fileList: [...fileIds] });
    const { fileList } = reply as { fileList: { fileID: string; status: number }[] };
    const refused = fileList.filter(({ status }) => status !== 0 && status !== NO_SUCH_FILE);
    return refused.map(({ fileID }) => fileID);
  }

  const store: ProfileStore & PersonalData = {
    isOurs,
    async read(owner) {
      return decode(await profiles.read(owner));
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
      // What another environment keeps is refused as a whole: it must not keep ours from being removed.
      const left = await remove(fileIds.filter(isOurs));
      for (const id of fileIds.filter((each) => !isOurs(each))) {
        left.push(...(await remove([id]).catch(() => [id])));
      }
      return left;
    },
    async forgetFiles(owner, fileIds) {
      await profiles.update(owner, { replacedFileIds: _.pullAll([...fileIds]) });
    },
    async removeAll(owner, isSignedIn) {
      let filesLeft = 0;
      await profiles.remove(owner, isSignedIn, async (document) => {
        const { avatarFileId, replacedFileIds } = decode(document);
        const fileIds = [...replacedFileIds, avatarFileId].filter((id) => id !== '');
        const left = await store.removeFiles(fileIds);
        filesLeft = left.length;
        return left.length === 0 ? undefined : onlyFiles(left);
      });
      return { filesLeft };
    },
  };

  /** Of a person who is gone: what could not be removed, to be tried again. */
  function onlyFiles(fileIds: readonly string[]): Readonly<Record<string, unknown>> {
    const gone = _.remove();
    const { avatarFileId, nickname } = NOTHING;
    const nobody = { openid: gone, appid: gone, savedIn: gone, savedAt: gone };
    return { ...nobody, nickname, avatarFileId, replacedFileIds: _.set([...fileIds]) };
  }

  return store;
}

function decode(document: unknown): KeptProfile {
  return { ...NOTHING, ...(document as Partial<KeptProfile> | undefined) };
}
