/** Profiles in the collection `profiles` (ADMINONLY), one document a person; avatars in the cloud storage. */
import type { database } from 'wx-server-sdk';
import type { PersonalData } from '../account/account-action';
import { personKey } from '../shared/person-key';
import type { KeptProfile, ProfileStore } from './profile-action';

interface ProfileCloud {
  database: ReturnType<typeof database>;
  /** The SDK's own. Its type says it may answer nothing, which it does only when it is given callbacks. */
  deleteFile: (options: { fileList: string[] }) => unknown;
}

const NO_SUCH_FILE = -503003;

export function cloudProfileStore({
  database: db,
  deleteFile,
}: ProfileCloud): ProfileStore & PersonalData {
  const profiles = db.collection('profiles');
  const store: ProfileStore & PersonalData = {
    async read(owner) {
      const reply: unknown = await profiles.where({ _id: personKey(owner) }).get();
      const [document] = (reply as { data: unknown[] }).data;
      return decode(document);
    },
    async save(owner, profile, at) {
      const { openid, appid } = owner;
      await profiles
        .doc(personKey(owner))
        .set({ data: { openid, appid, ...profile, savedAt: at } });
    },
    async removeFiles(fileIds) {
      const reply = await deleteFile({ fileList: [...fileIds] });
      const { fileList } = reply as { fileList: { status: number; errMsg: string }[] };
      const failed = fileList.find(({ status }) => status !== 0 && status !== NO_SUCH_FILE);
      if (failed !== undefined) throw sdkError(failed);
    },
    async removeAll(owner) {
      const { avatarFileId, replacedFileIds } = await store.read(owner);
      const fileIds = [avatarFileId, ...replacedFileIds].filter((id) => id !== '');
      if (fileIds.length > 0) await store.removeFiles(fileIds);
      await profiles.where({ _id: personKey(owner) }).remove();
    },
  };
  return store;
}

/** As the SDK itself fails. */
function sdkError({ status, errMsg }: { status: number; errMsg: string }): Error {
  return Object.assign(new Error(errMsg), { errCode: status, errMsg });
}

function decode(document: unknown): KeptProfile {
  const { nickname, avatarFileId, replacedFileIds } = (document ?? {}) as Partial<KeptProfile>;
  return {
    nickname: nickname ?? '',
    avatarFileId: avatarFileId ?? '',
    replacedFileIds: replacedFileIds ?? [],
  };
}
