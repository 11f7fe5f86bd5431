import type { KeptProfile, ProfileStore } from '#functions/testing';

const NOBODY: KeptProfile = {
  nickname: '',
  avatarFileId: '',
  replacedFileIds: [],
  goneFileIds: [],
};

/** Profiles without a database, by account. */
export function memoryProfileStore(
  kept: Map<string, KeptProfile>,
  storage: Pick<ProfileStore, 'isOurs' | 'removeFiles'>,
): ProfileStore {
  const of = (account: string): KeptProfile => kept.get(account) ?? NOBODY;
  const keep = (account: string, changes: Partial<KeptProfile>): Promise<{ ok: true }> => {
    kept.set(account, { ...of(account), ...changes });
    return Promise.resolve({ ok: true });
  };
  return {
    ...storage,
    read: (account) => Promise.resolve(of(account)),
    saveNickname: ({ account }, nickname) => keep(account, { nickname }),
    saveAvatar({ account }, { avatarFileId, nickname }, seen) {
      const before = of(account);
      if (before.avatarFileId !== seen) return Promise.resolve({ ok: false, code: 'changed' });
      const isReplaced = seen !== '' && seen !== avatarFileId;
      return keep(account, {
        avatarFileId,
        ...(nickname !== undefined && { nickname }),
        ...(isReplaced && { replacedFileIds: [...before.replacedFileIds, seen] }),
      });
    },
    async giveUpFile(account, fileId) {
      if (!kept.has(account)) return 'none';
      const { avatarFileId, goneFileIds } = of(account);
      if (avatarFileId === fileId) return 'shown';
      await keep(account, { goneFileIds: [...goneFileIds, fileId] });
      return 'done';
    },
    async forgetFiles(account, ids) {
      const left = of(account).replacedFileIds.filter((id) => !ids.includes(id));
      const goneFileIds = [...of(account).goneFileIds, ...ids];
      await keep(account, { replacedFileIds: left, goneFileIds });
    },
  };
}
