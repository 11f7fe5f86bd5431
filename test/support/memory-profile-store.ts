import type { KeptProfile, ProfileStore } from '#functions/testing';

const NOBODY: KeptProfile = {
  nickname: '',
  avatarFileId: '',
  replacedFileIds: [],
  goneFileIds: [],
};

/** Profiles without a database, by OPENID. */
export function memoryProfileStore(
  kept: Map<string, KeptProfile>,
  storage: Pick<ProfileStore, 'isOurs' | 'removeFiles'>,
): ProfileStore {
  const of = (openid: string): KeptProfile => kept.get(openid) ?? NOBODY;
  const keep = (openid: string, changes: Partial<KeptProfile>): Promise<{ ok: true }> => {
    kept.set(openid, { ...of(openid), ...changes });
    return Promise.resolve({ ok: true });
  };
  return {
    ...storage,
    read: ({ openid }) => Promise.resolve(of(openid)),
    saveNickname: ({ caller }, nickname) => keep(caller.openid, { nickname }),
    saveAvatar({ caller: { openid } }, { avatarFileId, nickname }, seen) {
      const before = of(openid);
      if (before.avatarFileId !== seen) return Promise.resolve({ ok: false, code: 'changed' });
      const isReplaced = seen !== '' && seen !== avatarFileId;
      return keep(openid, {
        avatarFileId,
        ...(nickname !== undefined && { nickname }),
        ...(isReplaced && { replacedFileIds: [...before.replacedFileIds, seen] }),
      });
    },
    async giveUpFile({ openid }, fileId) {
      if (!kept.has(openid)) return 'none';
      const { avatarFileId, goneFileIds } = of(openid);
      if (avatarFileId === fileId) return 'shown';
      await keep(openid, { goneFileIds: [...goneFileIds, fileId] });
      return 'done';
    },
    async forgetFiles({ openid }, ids) {
      const left = of(openid).replacedFileIds.filter((id) => !ids.includes(id));
      const goneFileIds = [...of(openid).goneFileIds, ...ids];
      await keep(openid, { replacedFileIds: left, goneFileIds });
    },
  };
}
