/** The profile function: what it takes, what it refuses, and that no avatar is left behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ownAccount } from '../../../cloudfunctions/shared/identity/account';
import {
  avatarFolder,
  profileAction,
  type KeptProfile,
  type ProfileStore,
} from '../../../cloudfunctions/profile/profile-action';
import { refuse } from '../../../cloudfunctions/shared/session/refusal';
import { StoreUnavailableError } from '../../../cloudfunctions/shared/session/session-store';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { memoryProfileStore } from '../../support/memory-profile-store';
import { LIN, ZHOU, LIN_ACCOUNT, ZHOU_ACCOUNT } from '../../support/people';
import { protectedCall } from '../../support/sessions';
import { fileExists, uploadFile } from '../../support/stored-files';

const avatar = (name: string, owner = LIN): string =>
  `cloud://env.bucket-1/${avatarFolder(ownAccount(owner))}/${name}`;

describe('a profile', () => {
  let kept: Map<string, KeptProfile>;
  let files: Set<string>;
  let cannotRemove: boolean;
  let locked: Set<string>;
  let store: ProfileStore;

  beforeEach(() => {
    kept = new Map();
    files = new Set([avatar('a.png'), avatar('b.png'), avatar('c.png')]);
    cannotRemove = false;
    locked = new Set();
    store = memoryProfileStore(kept, {
      isOurs: (id) => id.startsWith('cloud://env.'),
      removeFiles: (ids) => {
        if (cannotRemove) return Promise.reject(new Error('storage is down'));
        const left = ids.filter((id) => locked.has(id));
        for (const id of ids) if (!locked.has(id)) files.delete(id);
        return Promise.resolve(left);
      },
    });
  });

  const act = (data: Record<string, unknown>, caller = LIN) =>
    profileAction(protectedCall(data, caller), store);
  const save = (changes: object, caller = LIN) => act({ action: 'save', ...changes }, caller);

  test('is empty at first, and says where avatars go: for each person elsewhere', async () => {
    const reply = await act({ action: 'read' });
    expect(reply).toEqual({
      ok: true,
      profile: { nickname: '', avatarFileId: '' },
      avatarFolder: avatarFolder(LIN_ACCOUNT),
    });
    expect(avatarFolder(LIN_ACCOUNT)).toMatch(/^avatars\/[\w-]{43}$/);
    expect(avatarFolder(LIN_ACCOUNT)).not.toBe(avatarFolder(ZHOU_ACCOUNT));
  });

  test('keeps what a save leaves out, and gives up what it empties', async () => {
    await save({ nickname: ' 小林 ', avatarFileId: avatar('a.png') });
    expect(await save({ nickname: '林' })).toMatchObject({
      profile: { nickname: '林', avatarFileId: avatar('a.png') },
    });
    expect(await save({ avatarFileId: '' })).toMatchObject({
      profile: { nickname: '林', avatarFileId: '' },
    });
    expect(files.has(avatar('a.png'))).toBe(false);
    expect(await act({ action: 'read' }, ZHOU)).toMatchObject({ profile: { nickname: '' } });
  });

  test('has one avatar: the file of the one before is removed', async () => {
    await save({ avatarFileId: avatar('a.png') });
    await save({ avatarFileId: avatar('b.png') });
    await save({ avatarFileId: avatar('b.png') });
    expect([...files]).toEqual([avatar('b.png'), avatar('c.png')]);
    expect(kept.get(LIN_ACCOUNT)?.replacedFileIds).toEqual([]);
  });

  test('whose old file could not be removed yet has it removed by the next save', async () => {
    await save({ avatarFileId: avatar('a.png') });
    cannotRemove = true;
    expect(await save({ avatarFileId: avatar('b.png') })).toMatchObject({ ok: true });
    expect(await act({ action: 'read' })).toMatchObject({
      profile: { avatarFileId: avatar('b.png') },
    });
    expect(kept.get(LIN_ACCOUNT)?.replacedFileIds).toEqual([avatar('a.png')]);
    cannotRemove = false;
    await save({ nickname: '林' });
    expect(files.has(avatar('a.png'))).toBe(false);
  });

  test('is not held up by a file that the storage keeps', async () => {
    await save({ avatarFileId: avatar('a.png') });
    locked.add(avatar('a.png'));
    await save({ avatarFileId: avatar('b.png') });
    expect(await save({ avatarFileId: avatar('c.png') })).toMatchObject({ ok: true });
    expect([...files]).toEqual([avatar('a.png'), avatar('c.png')]);
    expect(kept.get(LIN_ACCOUNT)?.replacedFileIds).toEqual([avatar('a.png')]);
  });

  test('is not given back an avatar that was replaced, by a save that is sent again late', async () => {
    await save({ avatarFileId: avatar('a.png') });
    cannotRemove = true;
    await save({ avatarFileId: avatar('b.png') });
    expect(await save({ avatarFileId: avatar('a.png') })).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { field: 'avatarFileId' },
    });
  });

  test('that another device changes all the time is not said to be saved', async () => {
    store.saveAvatar = () => Promise.resolve({ ok: false, code: 'changed' });
    await expect(save({ avatarFileId: avatar('a.png') })).rejects.toThrow(StoreUnavailableError);
  });

  test('whose session ends on the way leaves no picture that nobody would find', async () => {
    store.saveAvatar = () => Promise.resolve(refuse('SESSION_MISSING'));
    expect(await save({ avatarFileId: avatar('a.png') })).toMatchObject({
      code: 'SESSION_MISSING',
    });
    expect(files.has(avatar('a.png'))).toBe(false);
  });

  test('shows the name as it is seen', async () => {
    const nickname = ' \u202e小\u200b林\ufeff 👨‍👩‍👧 \ud83d ';
    expect(await save({ nickname })).toMatchObject({ profile: { nickname: '小林 👨‍👩‍👧' } });
    expect(await save({ nickname: '   ' })).toMatchObject({ profile: { nickname: '' } });
  });

  test.each([
    ...['\u200b', '\u3164\u3164', '\ud83d', ' \u202e '].map(
      (nickname) => [{ action: 'save', nickname }, 'nickname'] as const,
    ),
    [
      { action: 'save', avatarFileId: avatar('a.png').replace('//env.', '//other.') },
      'avatarFileId',
    ],
    [{ action: 'save', nickname: 'x'.repeat(65) }, 'nickname'],
    [{ action: 'save', nickname: 'a\nb' }, 'nickname'],
    [{ action: 'save', nickname: { $ne: null } }, 'nickname'],
    [{ action: 'save', nickname: null }, 'nickname'],
    [{ action: 'save', avatarFileId: avatar('a.png', ZHOU) }, 'avatarFileId'],
    [{ action: 'save', avatarFileId: avatar('../other/a.png') }, 'avatarFileId'],
    [{ action: 'save', avatarFileId: `${avatar('a.png')}\n` }, 'avatarFileId'],
    [{ action: 'save', avatarFileId: 'https://evil.example/a.png' }, 'avatarFileId'],
    [{ action: 'save', avatarFileId: ['cloud://'] }, 'avatarFileId'],
    [{ action: 'delete' }, 'action'],
    [{ action: { $ne: null } }, 'action'],
  ])('refuses %j and names the field %s, and keeps what was there', async (data, field) => {
    await save({ nickname: '林', avatarFileId: avatar('a.png') });
    expect(await act(data)).toMatchObject({ ok: false, code: 'INVALID_INPUT', detail: { field } });
    expect(kept.get(LIN_ACCOUNT)).toMatchObject({
      nickname: '林',
      avatarFileId: avatar('a.png'),
    });
  });
});

describe('a profile, on the real bundles', () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await openCloud();
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.control({ reset: true }));

  const signIn = async (): Promise<string> =>
    String((await cloud.call('login', LIN, {}))['sessionToken']);

  const upload = (path: string): Promise<string> => uploadFile(cloud, path);
  const exists = (fileId: string): Promise<boolean> => fileExists(cloud, fileId);

  test('needs a session', async () => {
    expect(await cloud.call('profile', LIN, { action: 'read', sessionToken: 'x' })).toMatchObject({
      code: 'SESSION_MISSING',
    });
  });

  test('is saved with its avatar, whose files go with the next one, and with the account', async () => {
    const sessionToken = await signIn();
    const call = (data: object) => cloud.call('profile', LIN, { ...data, sessionToken });
    const { avatarFolder: folder } = await call({ action: 'read' });
    const [first, second] = [
      await upload(`${String(folder)}/1.png`),
      await upload(`${String(folder)}/2.png`),
    ];
    await call({ action: 'save', nickname: '小林', avatarFileId: first });
    await call({ action: 'save', avatarFileId: second });
    expect(await call({ action: 'read' })).toMatchObject({
      profile: { nickname: '小林', avatarFileId: second },
    });
    expect([await exists(first), await exists(second)]).toEqual([false, true]);

    const elsewhere = second.replace(/^cloud:\/\/[^.]+/, 'cloud://another-env');
    expect(await call({ action: 'save', avatarFileId: elsewhere })).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { field: 'avatarFileId' },
    });

    await cloud.call('account', LIN, { action: 'delete', sessionToken });
    expect(await exists(second)).toBe(false);
    expect(await cloud.documents('profiles')).toEqual([]);
  });
});
