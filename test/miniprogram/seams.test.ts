/**
 * Saves that meet an outage, a lost reply, or a deletion that had to leave something. On the real
 * bundles and the real SDK.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  accountAction,
  cloudNoteStore,
  cloudProfileStore,
  avatarFolder,
  refuse,
  functionEntry,
  ownAccount,
  type Session,
  defaultPolicy,
  type SessionId,
  sessionFunctions,
} from '#functions/testing';
import { createProfileClient } from '../../miniprogram/profile/profile-client';
import { createSessionClient, type SessionClient } from '../../miniprogram/session/session-client';
import { sessionStorage } from '../../miniprogram/session/session-storage';
import type { Answer, TestCloud } from '../support/local-cloud';
import { memorySessionStore } from '../support/memory-session-store';
import { openCloudWithSdk, openDatabase } from '../support/sdk-in-process';
import { fileExists, uploadFile } from '../support/stored-files';
import { LIN, PHONE, ZHOU, wxContextOf, LIN_ACCOUNT } from '../support/people';
import { AT, protectedCall } from '../support/sessions';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(20_000, { environment: { SESSIONS_PER_USER: '3' } });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

const signIn = async (): Promise<string> =>
  String((await cloud.call('login', LIN, {}))['sessionToken']);
const saveNote = (sessionToken: string): Promise<Answer> =>
  cloud.call('note', LIN, { action: 'save', text: 'kept', sessionToken });
const saveProfile = (sessionToken: string, changes: object): Promise<Answer> =>
  cloud.call('profile', LIN, { action: 'save', ...changes, sessionToken });
const avatar = (name: string): string =>
  `cloud://local.6c6f-local-1250000000/${avatarFolder(LIN_ACCOUNT)}/${name}`;

test.each([
  ['databaseDown', 'startTransaction'],
  ['databaseDown', 'commitTransaction'],
  ['databaseDropBefore', 'startTransaction'],
  ['databaseDropBefore', 'commitTransaction'],
  ['databaseDropAfter', 'commitTransaction'],
])('%s at %s is an outage, and the same save succeeds after it', async (kind, action) => {
  const sessionToken = await signIn();
  await cloud.control({ fault: { kind, action } });
  expect(await saveNote(sessionToken)).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  await cloud.control({ fault: null });
  expect(await saveNote(sessionToken)).toEqual({ ok: true, text: 'kept' });
});

test('two first saves at once both take place, also when one holds on to the session for a while', async () => {
  const sessionToken = await signIn();
  const fault = { kind: 'databaseLatency', action: 'commitTransaction', ms: 250, count: 1 };
  await cloud.control({ fault });
  const saves = [
    saveProfile(sessionToken, { nickname: '林' }),
    saveProfile(sessionToken, { avatarFileId: avatar('a.png') }),
  ];
  expect(await Promise.all(saves)).toMatchObject([{ ok: true }, { ok: true }]);
});

test('a save of an avatar that arrives again after it was replaced and removed changes nothing', async () => {
  const sessionToken = await signIn();
  for (const name of ['a.png', 'b.png']) {
    await saveProfile(sessionToken, { avatarFileId: avatar(name) });
  }
  expect(await saveProfile(sessionToken, { avatarFileId: avatar('a.png') })).toMatchObject({
    code: 'INVALID_INPUT',
    detail: { field: 'avatarFileId' },
  });
  expect(await cloud.documents('profiles')).toMatchObject([{ avatarFileId: avatar('b.png') }]);
});

test('a save that was under way changes nothing of who signed in anew, also when its clock is a minute ahead', async () => {
  const store = cloudNoteStore(openDatabase());
  const anew = await signIn();
  expect(await saveNote(anew)).toMatchObject({ ok: true });
  const late = {
    ...protectedCall({}),
    now: new Date(Date.now() + 60_000),
    whileSignedIn: () => Promise.resolve(refuse('SESSION_MISSING')),
  };
  expect(await store.save(late, 'late')).toMatchObject({ code: 'SESSION_MISSING' });
  expect(await cloud.documents('notes')).toMatchObject([{ text: 'kept' }]);
});

describe('a picture whose save met the end of the session', () => {
  const upload = (name: string, owner = LIN): Promise<string> =>
    uploadFile(cloud, `${avatarFolder(ownAccount(owner))}/${name}`, owner);
  const exists = (fileId: string): Promise<boolean> => fileExists(cloud, fileId);
  const signOut = (sessionToken: string): Promise<Answer> =>
    cloud.call('logout', LIN, { sessionToken });

  test('is removed: nobody would ever find it', async () => {
    const sessionToken = await signIn();
    const avatarFileId = await upload('late.png');
    await signOut(sessionToken);
    expect(await saveProfile(sessionToken, { avatarFileId })).toMatchObject({
      code: 'SESSION_MISSING',
    });
    expect(await exists(avatarFileId)).toBe(false);
  });

  test.each([
    ['who has a profile', true, 'signed out', 2],
    ['who has none yet', false, 'signed out', 1],
    // The picture goes with the account.
    ['whose account was deleted', false, 'deleted', 2],
  ])(
    'of somebody %s is there when they sign in and go on',
    async (_, hasProfile, end, uploaded) => {
      let asked = 0;
      const session: SessionClient = createSessionClient({
        callFunction: async ({ name, data }) => ({ result: await cloud.call(name, LIN, data) }),
        storage: sessionStorage({
          getStorageSync: () => '',
          setStorageSync: () => undefined,
          removeStorageSync: () => undefined,
        }),
        device: () => PHONE,
        wait: () => Promise.resolve(),
        random: () => 0,
        askToSignIn: async () => {
          asked += 1;
          return (await session.login()).status === 'signedIn';
        },
      });
      let uploads = 0;
      const profile = createProfileClient(
        session.call,
        async ({ cloudPath }) => {
          uploads += 1;
          const fileId = await upload(cloudPath.split('/').at(-1) ?? '');
          // Another device signs this one out, between the upload and the save.
          if (uploads === 1) {
            const sessionToken = await signIn();
            if (end === 'deleted') {
              await cloud.call('account', LIN, { action: 'delete', sessionToken });
            } else await cloud.call('logout', LIN, { sessionToken, scope: 'everywhere' });
          }
          return fileId;
        },
        () => `picture-${uploads}`,
        () => () => undefined,
      );
      session.onChange((state) => void profile.follow(state));
      await session.login();
      await profile.reload();
      if (hasProfile) expect(await profile.saveNickname('林')).toBe(true);
      expect(await profile.saveAvatar('photo.png')).toBe(true);
      expect([asked, uploads]).toEqual([1, uploaded]);
      if (profile.state.status !== 'loaded') throw new Error(profile.state.status);
      const { avatarFileId } = profile.state.profile;
      expect(avatarFileId).toContain('picture-');
      expect(await exists(avatarFileId)).toBe(true);
    },
  );

  test('is refused when the same save is sent again, if there is a profile', async () => {
    const ended = await signIn();
    await saveProfile(ended, { nickname: '林' });
    const avatarFileId = await upload('late.png');
    await signOut(ended);
    await saveProfile(ended, { avatarFileId });
    expect(await saveProfile(await signIn(), { avatarFileId })).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { field: 'avatarFileId' },
    });
  });

  test('stays where there is no profile, and somebody is signed in: it may be saved yet', async () => {
    const ended = await signIn();
    const avatarFileId = await upload('late.png');
    await cloud.call('logout', LIN, { sessionToken: ended, scope: 'everywhere' });
    expect(await saveProfile(ended, { avatarFileId })).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await saveProfile(await signIn(), { avatarFileId })).toMatchObject({ ok: true });
    expect(await exists(avatarFileId)).toBe(true);
  });

  test('stays when it is shown: the save had gone through, and was sent again', async () => {
    const sessionToken = await signIn();
    const avatarFileId = await upload('shown.png');
    expect(await saveProfile(sessionToken, { avatarFileId })).toMatchObject({ ok: true });
    await signOut(sessionToken);
    await saveProfile(sessionToken, { avatarFileId });
    expect(await exists(avatarFileId)).toBe(true);
  });

  test("stays when it is somebody else's, or the call no save", async () => {
    const [strange, own] = [await upload('strange.png', ZHOU), await upload('own.png')];
    await saveProfile('x', { avatarFileId: strange });
    const read = { action: 'read', avatarFileId: own, sessionToken: 'x' };
    expect(await cloud.call('profile', LIN, read)).toMatchObject({ code: 'SESSION_MISSING' });
    expect([await exists(strange), await exists(own)]).toEqual([true, true]);
  });

  test('is left, and the log says so, when the storage cannot be reached; the refusal is the same', async () => {
    const avatarFileId = await upload('late.png');
    await cloud.control({ fault: { kind: 'databaseDown', collection: 'profiles' } });
    expect(await saveProfile('x', { avatarFileId })).toMatchObject({ code: 'SESSION_MISSING' });
    await cloud.control({ fault: null });
    expect(await exists(avatarFileId)).toBe(true);
  });
});

describe('after a deletion that left a file on record', () => {
  test('a save that was under way adds no nickname to it', async () => {
    const store = cloudProfileStore({
      database: openDatabase(),
      deleteFile: ({ fileList }) => ({
        fileList: fileList.map((fileID) => ({ fileID, status: -503002 })),
      }),
      environment: 'local',
    });
    await saveProfile(await signIn(), { nickname: '林', avatarFileId: avatar('a.png') });
    const late = {
      ...protectedCall({}),
      // It began before the deletion.
      now: new Date(Date.now() - 5),
      whileSignedIn: () => Promise.resolve(refuse('SESSION_MISSING')),
    };
    expect(await store.removeAll(LIN_ACCOUNT, () => Promise.resolve(false))).toEqual({
      filesLeft: 1,
    });
    expect(await store.saveNickname(late, '林')).toMatchObject({ code: 'SESSION_MISSING' });
    expect(await cloud.documents('profiles')).toMatchObject([
      { nickname: '', replacedFileIds: [avatar('a.png')] },
    ]);
  });
});

test('a deletion that is refused as not fresh renews nothing either', async () => {
  const sessions = new Map<SessionId, Session>();
  const environment = (now: number) => ({
    getWXContext: () => wxContextOf(LIN),
    store: memorySessionStore({ sessions }),
    policy: defaultPolicy,
    now: () => new Date(now),
    log: () => undefined,
  });
  const signedIn = await sessionFunctions(environment(AT)).login({});
  if (!signedIn.ok) throw new Error(signedIn.code);
  const before = [...sessions.values()];
  const later = environment(AT + 2 * defaultPolicy.renewAfterMs);
  const reply = await functionEntry('account', later, (call) => accountAction(call, []))({
    action: 'delete',
    sessionToken: signedIn.sessionToken,
  });
  expect(reply).toMatchObject({ code: 'SESSION_NOT_FRESH' });
  expect([...sessions.values()]).toEqual(before);
});
