/** The profile function: what it takes, what it refuses, and that no avatar is left behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  avatarFolder,
  profileAction,
  type KeptProfile,
  type ProfileStore,
} from '../../cloudfunctions/profile/profile-action';
import { describeSession } from '../../cloudfunctions/shared/session/session';
import { openCloud, type Answer, type TestCloud } from '../support/local-cloud';
import { activeSession, AT, LIN, ZHOU } from '../support/sessions';

const NOBODY: KeptProfile = { nickname: '', avatarFileId: '', replacedFileIds: [] };
const avatar = (name: string, owner = LIN): string =>
  `cloud://env.bucket-1/${avatarFolder(owner)}/${name}`;

describe('a profile', () => {
  let kept: Map<string, KeptProfile>;
  let files: Set<string>;
  let cannotRemove: boolean;
  let store: ProfileStore;

  beforeEach(() => {
    kept = new Map();
    files = new Set([avatar('a.png'), avatar('b.png'), avatar('c.png')]);
    cannotRemove = false;
    store = {
      read: ({ openid }) => Promise.resolve(kept.get(openid) ?? NOBODY),
      save: ({ openid }, profile) => Promise.resolve(void kept.set(openid, profile)),
      removeFiles: (ids) => {
        if (cannotRemove) return Promise.reject(new Error('storage is down'));
        ids.forEach((id) => files.delete(id));
        return Promise.resolve();
      },
    };
  });

  const act = (data: Record<string, unknown>, caller = LIN) =>
    profileAction(
      { data, caller, now: new Date(AT), session: describeSession(activeSession(), true) },
      store,
    );
  const save = (changes: object, caller = LIN) => act({ action: 'save', ...changes }, caller);

  test('is empty at first, and says where avatars go: for each person elsewhere', async () => {
    const reply = await act({ action: 'read' });
    expect(reply).toEqual({
      ok: true,
      profile: { nickname: '', avatarFileId: '' },
      avatarFolder: avatarFolder(LIN),
    });
    expect(avatarFolder(LIN)).toMatch(/^avatars\/[\w-]{43}$/);
    expect(avatarFolder(LIN)).not.toBe(avatarFolder(ZHOU));
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
    expect(kept.get(LIN.openid)?.replacedFileIds).toEqual([]);
  });

  test('whose old file could not be removed yet has it removed by the next save', async () => {
    await save({ avatarFileId: avatar('a.png') });
    cannotRemove = true;
    await expect(save({ avatarFileId: avatar('b.png') })).rejects.toThrow('storage is down');
    expect(await act({ action: 'read' })).toMatchObject({
      profile: { avatarFileId: avatar('b.png') },
    });
    expect(kept.get(LIN.openid)?.replacedFileIds).toEqual([avatar('a.png')]);
    cannotRemove = false;
    await save({ nickname: '林' });
    expect(files.has(avatar('a.png'))).toBe(false);
  });

  test.each([
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
    expect(kept.get(LIN.openid)).toMatchObject({
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

  async function upload(path: string): Promise<string> {
    const response = await fetch(`${cloud.url}/files/${path}`, {
      method: 'POST',
      body: 'picture',
      headers: { 'x-wx-openid': LIN.openid },
    });
    return String(((await response.json()) as Answer)['fileID']);
  }

  const exists = async (fileId: string): Promise<boolean> => {
    const path = fileId.replace(/^cloud:\/\/[^/]+\//, '');
    return (await fetch(`${cloud.url}/files/${path}`)).ok;
  };

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

    await cloud.call('account', LIN, { action: 'delete', sessionToken });
    expect(await exists(second)).toBe(false);
    expect(await cloud.documents('profiles')).toEqual([]);
  });
});
