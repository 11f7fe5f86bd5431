import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Profile } from '#functions/contract';
import {
  createProfileClient,
  type ProfileClient,
  type ProfileState,
} from '../../../miniprogram/profile/profile-client';
import type { SessionState } from '../../../miniprogram/session/session-state';

const FOLDER = 'avatars/of-lin';
const signedIn = (id: string): SessionState => ({
  status: 'signedIn',
  session: {
    id,
    device: { name: 'phone', platform: 'ios' },
    createdAt: 1,
    renewedAt: 1,
    expiresAt: 2,
    absoluteExpiresAt: 3,
    current: true,
  },
});
const LIN = signedIn('lin');
const ZHOU = signedIn('zhou');
const NOBODY: SessionState = { status: 'signedOut' };

let kept: Profile;
let answers: ((data: Record<string, unknown>) => Promise<unknown>)[];
let uploads: string[];
let uploadFails: boolean;
let hangs: boolean;
let uploading: () => Promise<string>;
let asked: number;
let timers: Map<number, () => void>;
let shown: ProfileState[];
let profile: ProfileClient;

beforeEach(() => {
  kept = { nickname: '小林', avatarFileId: '' };
  answers = [];
  uploads = [];
  uploadFails = false;
  hangs = false;
  uploading = () => new Promise(() => undefined);
  asked = 0;
  timers = new Map();
  shown = [];
  const answer = (data: Record<string, unknown>): Promise<unknown> => {
    kept = { ...kept, ...(data['action'] === 'save' && { ...data, action: undefined }) };
    return Promise.resolve({ ok: true, profile: { ...kept }, avatarFolder: FOLDER });
  };
  profile = createProfileClient(
    ((_name: string, data: Record<string, unknown>) => {
      asked += 1;
      return (answers.shift() ?? answer)(data);
    }) as never,
    ({ cloudPath }) => {
      uploads.push(cloudPath);
      if (hangs) return uploading();
      return uploadFails
        ? Promise.reject(new Error('uploadFile:fail'))
        : Promise.resolve(`cloud://env/${cloudPath}`);
    },
    () => `name-${String(uploads.length)}`,
    (ms, run) => {
      timers.set(ms, run);
      return () => void timers.delete(ms);
    },
  );
  profile.onChange((state) => shown.push(state));
});

const unavailable = () => Promise.resolve({ ok: false, code: 'UNAVAILABLE' });
const nickname = (): string =>
  profile.state.status === 'loaded' ? profile.state.profile.nickname : profile.state.status;

describe('the profile', () => {
  test('is loaded when somebody signs in, and gone when they sign out', async () => {
    expect(profile.state).toEqual({ status: 'signedOut' });
    await profile.follow(LIN);
    expect(shown.map(({ status }) => status)).toEqual(['loading', 'loaded']);
    expect(nickname()).toBe('小林');
    await profile.follow(NOBODY);
    expect(profile.state).toEqual({ status: 'signedOut' });
  });

  test('is loaded once for one sign-in', async () => {
    await profile.follow(LIN);
    await profile.follow(LIN);
    expect(shown).toHaveLength(2);
  });

  test('that comes after the person has gone is not shown to the next one', async () => {
    let arrive: (answer: unknown) => void = () => undefined;
    answers = [() => new Promise((resolve) => (arrive = resolve))];
    const loading = profile.follow(LIN);
    await profile.follow(ZHOU);
    expect(nickname()).toBe('小林');
    arrive({ ok: true, profile: { nickname: 'late', avatarFileId: '' }, avatarFolder: 'x' });
    await loading;
    expect(nickname()).toBe('小林');
  });

  test('that cannot be loaded says so, and can be loaded again', async () => {
    answers = [unavailable];
    await profile.follow(LIN);
    expect(profile.state.status).toBe('failed');
    await profile.reload();
    expect(nickname()).toBe('小林');
  });
});

describe('a profile that could not be loaded', () => {
  beforeEach(async () => {
    answers = [unavailable];
    await profile.follow(signedIn('lin'));
    expect(profile.state.status).toBe('failed');
  });

  test('is loaded again once the session proves good, and not before', async () => {
    const lin = signedIn('lin');
    await profile.follow({ ...lin, problem: 'NETWORK' });
    await profile.follow({ ...lin, busy: 'check' });
    expect(asked).toBe(1);
    await profile.follow(lin);
    expect([asked, nickname()]).toEqual([2, '小林']);
  });

  test('is asked for once for each proof, however often that fails and is told', async () => {
    answers = [unavailable, unavailable];
    const lin = signedIn('lin');
    await profile.follow(lin);
    await profile.follow(lin);
    await profile.follow({ ...lin });
    expect([asked, profile.state.status]).toEqual([2, 'failed']);
    await profile.follow(signedIn('lin'));
    expect([asked, profile.state.status]).toEqual([3, 'failed']);
  });

  test('is loaded again when the session proved good while it was on its way', async () => {
    let fail: (answer: unknown) => void = () => undefined;
    answers = [() => new Promise((resolve) => (fail = resolve))];
    const loading = profile.reload();
    await profile.follow(signedIn('lin'));
    expect(asked).toBe(2);
    fail({ ok: false, code: 'NETWORK' });
    await loading;
    expect([asked, nickname()]).toEqual([3, '小林']);
  });

  test('is not asked for when they have signed out', async () => {
    await profile.follow(NOBODY);
    expect([asked, profile.state.status]).toEqual([1, 'signedOut']);
  });
});

describe('saving', () => {
  beforeEach(() => profile.follow(LIN));

  test('a nickname', async () => {
    expect(await profile.saveNickname('林')).toBe(true);
    expect(nickname()).toBe('林');
  });

  test.each([
    ['http://tmp/abc.JPG', '.jpg'],
    ['wxfile://tmp_abc.webp', '.webp'],
    ['http://tmp/no-extension', '.png'],
  ])('an avatar %s uploads it into the own folder', async (path, extension) => {
    expect(await profile.saveAvatar(path)).toBe(true);
    expect(uploads).toEqual([`${FOLDER}/name-0${extension}`]);
    expect(kept.avatarFileId).toBe(`cloud://env/${FOLDER}/name-0${extension}`);
  });

  test('that fails keeps what was there, and can be tried again', async () => {
    const before = profile.state;
    uploadFails = true;
    expect(await profile.saveAvatar('a.png')).toBe(false);
    answers = [unavailable];
    expect(await profile.saveNickname('x')).toBe(false);
    expect(profile.state).toEqual(before);
    expect(await profile.clear()).toBe(true);
    expect(nickname()).toBe('');
  });

  test('an avatar whose upload never ends is given up, and can be tried again', async () => {
    const { state } = profile;
    hangs = true;
    const saving = profile.saveAvatar('a.png');
    await new Promise(setImmediate);
    expect(profile.state).toMatchObject({ saving: true });
    expect([...timers.keys()]).toEqual([60_000]);
    timers.get(60_000)?.();
    expect(await saving).toBe(false);
    expect(profile.state).toEqual(state);
    hangs = false;
    expect(await profile.saveAvatar('a.png')).toBe(true);
    expect(timers.size).toBe(0);
  });

  test('is done once at a time', async () => {
    const [first, second] = [profile.saveNickname('a'), profile.saveNickname('b')];
    expect(await Promise.all([first, second])).toEqual([true, false]);
    expect(nickname()).toBe('a');
  });

  test('of a photo is not asked for when the person has gone by the end of the upload', async () => {
    hangs = true;
    let end: (fileId: string) => void = () => undefined;
    uploading = () => new Promise((resolve) => (end = resolve));
    const before = asked;
    const saving = profile.saveAvatar('a.png');
    await profile.follow(NOBODY);
    end('cloud://env/a.png');
    expect(await saving).toBe(false);
    expect(asked).toBe(before);
  });

  test('that is done after the person has gone says so, and shows nothing of them', async () => {
    let answer: (answer: unknown) => void = () => undefined;
    answers = [() => new Promise((resolve) => (answer = resolve))];
    const saving = profile.saveNickname('a');
    await new Promise((resolve) => setImmediate(resolve));
    await profile.follow(NOBODY);
    answer({ ok: true, profile: { nickname: 'a', avatarFileId: '' }, avatarFolder: FOLDER });
    expect(await saving).toBe(true);
    expect(profile.state).toEqual({ status: 'signedOut' });
  });
});

test('there is nothing to save while nobody is signed in', async () => {
  expect(await profile.saveNickname('a')).toBe(false);
  expect(await profile.saveAvatar('a.png')).toBe(false);
  expect(uploads).toEqual([]);
});
