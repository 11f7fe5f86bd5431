/**
 * (j) What was deleted with an account stays deleted, whatever was under way: a save that stops
 * before each of its database operations until the deletion has reached each of its own. Real SDK,
 * real database.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { deleteFile } from 'wx-server-sdk';
import { accountAction } from '../../../cloudfunctions/account/account-action';
import { cloudNoteStore } from '../../../cloudfunctions/note/cloud-note-store';
import { noteAction } from '../../../cloudfunctions/note/note-action';
import { cloudProfileStore } from '../../../cloudfunctions/profile/cloud-profile-store';
import {
  avatarFolder,
  profileAction,
  removeUpload,
} from '../../../cloudfunctions/profile/profile-action';
import { ownEnvironment } from '../../../cloudfunctions/profile/own-environment';
import { cloudSessionStore } from '../../../cloudfunctions/shared/session/cloud-session-store';
import { functionEntry } from '../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../cloudfunctions/shared/session/login-action';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { cloudWhileSignedIn } from '../../../cloudfunctions/shared/session/while-signed-in';
import {
  withSession,
  type ProtectedEnvironment,
} from '../../../cloudfunctions/shared/session/with-session';
import type { TestCloud } from '../../support/local-cloud';
import {
  gatedDatabase,
  openDatabase,
  openCloudWithSdk,
  type Database,
} from '../../support/sdk-in-process';
import { LIN, wxContextOf } from '../../support/people';
import { fileExists, uploadFile } from '../../support/stored-files';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(20_000);
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

const environment = (db: Database): ProtectedEnvironment => ({
  getWXContext: () => wxContextOf(LIN),
  store: cloudSessionStore(db),
  policy: { ...defaultPolicy, sessionsPerUser: 3 },
  now: () => new Date(),
  log: () => undefined,
  whileSignedIn: cloudWhileSignedIn(db),
});
const profilesOf = (database: Database) =>
  cloudProfileStore({ database, deleteFile, environment: ownEnvironment() });

type Save = (db: Database, sessionToken: string) => Promise<object>;

const saveNote: Save = (db, sessionToken) =>
  withSession(
    'note',
    (call) => noteAction(call, cloudNoteStore(db)),
    environment(db),
  )({
    action: 'save',
    text: 'late',
    sessionToken,
  });
const saveProfile =
  (data: object): Save =>
  (db, sessionToken) =>
    withSession(
      'profile',
      (call) => profileAction(call, profilesOf(db)),
      environment(db),
      (call) => removeUpload(call, profilesOf(db)),
    )({
      action: 'save',
      ...data,
      sessionToken,
    });

const deleteAccount: Save = (db, sessionToken) =>
  functionEntry('account', environment(db), (call) =>
    accountAction(call, [cloudNoteStore(db), profilesOf(db)]),
  )({ action: 'delete', sessionToken });

async function signIn(): Promise<string> {
  const reply = await functionEntry('login', environment(openDatabase()), loginAction)({});
  if (!reply.ok) throw new Error(reply.code);
  return reply.sessionToken;
}

const upload = (name: string): Promise<string> => uploadFile(cloud, `${avatarFolder(LIN)}/${name}`);
const exists = (fileId: string): Promise<boolean> => fileExists(cloud, fileId);

/**
 * After this long a call counts as waiting. On a slow machine it may not be: then an order is tried
 * twice.
 */
const STANDSTILL_MS = 40;

/** Lets a call run up to a point, and tells when it gets there or ends. */
class Progress {
  private operations = 0;
  private over = false;
  private readonly waiting: { until: number; go: () => void }[] = [];

  readonly step = (): Promise<void> => {
    this.operations += 1;
    this.tell();
    return Promise.resolve();
  };

  end(): void {
    this.over = true;
    this.tell();
  }

  /**
   * Also when it gets no further: it may be waiting for a transaction of the one that waits here.
   */
  async reached(operation: number): Promise<void> {
    const reached = new Promise<void>((go) => {
      this.waiting.push({ until: operation, go });
      this.tell();
    });
    let isThere = false as boolean;
    void reached.then(() => (isThere = true));
    for (let before = -1; !isThere && before !== this.operations;) {
      before = this.operations;
      await Promise.race([reached, new Promise((go) => setTimeout(go, STANDSTILL_MS))]);
    }
  }

  private tell(): void {
    for (const { until, go } of this.waiting) if (this.over || this.operations >= until) go();
  }
}

/** Resolves to whether the save has that many operations, and to both answers. */
async function race(
  save: Save,
  tokens: { saving: string; deleting: string },
  stopsBefore: number,
  deletionComesTo: number,
): Promise<{ met: boolean; saved: object; deleted: object }> {
  const deletion = new Progress();
  let operations = 0;
  let deleting: Promise<object> | undefined;
  const remove = (): Promise<object> =>
    deleteAccount(gatedDatabase(deletion.step), tokens.deleting).finally(() => deletion.end());
  const saved = await save(
    gatedDatabase(async () => {
      operations += 1;
      if (operations !== stopsBefore) return;
      deleting = remove();
      await deletion.reached(deletionComesTo);
    }),
    tokens.saving,
  );
  const met = deleting !== undefined;
  return { met, saved, deleted: await (deleting ?? remove()) };
}

/** With a note and a profile to remove. */
const DELETION_OPERATIONS = 10;

describe('what is saved while the account is deleted leaves nothing:', () => {
  test.each<[string, string, boolean, number, (picture: string) => Save]>([
    ['a first note', 'another device', false, 2, () => saveNote],
    ['a first note', 'the device that deletes', false, 1, () => saveNote],
    ['a note over another', 'another device', true, 2, () => saveNote],
    ['a first avatar', 'another device', false, 2, (avatarFileId) => saveProfile({ avatarFileId })],
    [
      'an avatar over another',
      'the device that deletes',
      true,
      1,
      (avatarFileId) => saveProfile({ avatarFileId }),
    ],
  ])('%s, by %s', async (_what, _who, over, devices, saveOf) => {
    for (let stopsBefore = 1; ; stopsBefore++) {
      let met = false;
      for (let comesTo = 1; comesTo <= DELETION_OPERATIONS; comesTo++) {
        await cloud.control({ reset: true });
        const deleting = await signIn();
        const saving = devices === 1 ? deleting : await signIn();
        const files = [await upload('new.png'), await upload('old.png')];
        if (over) {
          const db = openDatabase();
          await saveNote(db, saving);
          await saveProfile({ nickname: '旧', avatarFileId: files[1] })(db, saving);
        }
        const tokens = { saving, deleting };
        const outcome = await race(saveOf(files[0] ?? ''), tokens, stopsBefore, comesTo);
        met = outcome.met;
        expect(outcome.deleted).toEqual({ ok: true, deleted: true });
        const left = [await cloud.documents('notes'), await cloud.documents('profiles')];
        expect({ stopsBefore, comesTo, saved: outcome.saved, left }).toMatchObject({
          left: [[], []],
        });
        if (!met) break;
      }
      if (!met) return;
    }
  });
});

test('what is saved after signing in again stays, whatever the deletion still does', async () => {
  for (let comesTo = 1; comesTo <= DELETION_OPERATIONS; comesTo++) {
    await cloud.control({ reset: true });
    const old = await signIn();
    const deletion = new Progress();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let operations = 0;
    const deleting = deleteAccount(
      gatedDatabase(async () => {
        operations += 1;
        await deletion.step();
        if (operations === comesTo) await held;
      }),
      old,
    ).finally(() => deletion.end());
    await deletion.reached(comesTo);
    const again = await signIn();
    const saved = await saveNote(openDatabase(), again);
    release();
    await deleting;
    const [note] = await cloud.documents('notes');
    const read = await withSession(
      'note',
      (call) => noteAction(call, cloudNoteStore(openDatabase())),
      environment(openDatabase()),
    )({ action: 'read', sessionToken: again });
    // Signed in before every session was ended: that session was ended, and its note removed.
    // After: both are there.
    expect({ comesTo, saved, read }).toEqual({
      comesTo,
      saved: { ok: true, text: 'late' },
      read:
        note === undefined ? expect.objectContaining({ ok: false }) : { ok: true, text: 'late' },
    });
  }
});

interface Order {
  lateAt: number;
  heldBefore: number;
  goesOn: 'then' | 'after the deletion';
  signInAt: number;
}

/**
 * The device that deletes has saves under way. They begin before one operation of the deletion, and
 * the last may be held up before one of its own; before a later one the person signs in again, on
 * another phone, and saves. What was held up goes on then, or after the deletion. Resolves to
 * whether the deletion has that many operations, and whether the new sign-in still holds.
 */
async function crossedBySignIn(
  late: Save,
  { lateAt, heldBefore, goesOn, signInAt }: Order,
): Promise<{ met: boolean; isSignedIn: boolean }> {
  const old = await signIn();
  let release = (): void => undefined;
  let lateSave: Promise<object> | undefined;
  const saveLate = (): Promise<void> =>
    new Promise((go) => {
      let operations = 0;
      const gate = async (): Promise<void> => {
        operations += 1;
        if (operations !== heldBefore) return;
        await new Promise<void>((resume) => {
          release = resume;
          go();
        });
      };
      lateSave = late(gatedDatabase(gate), old).finally(go);
    });
  let operations = 0;
  let met = false as boolean;
  const deleted = await deleteAccount(
    gatedDatabase(async () => {
      operations += 1;
      if (operations === lateAt) {
        await saveProfile({ nickname: '旧' })(openDatabase(), old);
        await saveLate();
      }
      if (operations !== signInAt) return;
      met = true;
      await saveProfile({ nickname: '新' })(openDatabase(), await signIn());
      if (goesOn === 'after the deletion') return;
      release();
      await lateSave;
    }),
    old,
  );
  release();
  await lateSave;
  expect(deleted).toEqual({ ok: true, deleted: true });
  return { met, isSignedIn: (await cloud.documents('sessions')).length > 0 };
}

/**
 * In its transaction it writes the session with its sixth operation. From then on whoever ends that
 * session waits for it to be over.
 */
const HELD_UP: readonly Pick<Order, 'heldBefore' | 'goesOn'>[] = [
  { heldBefore: 1, goesOn: 'then' },
  { heldBefore: 3, goesOn: 'then' },
  { heldBefore: 3, goesOn: 'after the deletion' },
  { heldBefore: Infinity, goesOn: 'then' },
];

test('whoever signs in again while the account is deleted finds nothing of before in what they save', async () => {
  const met = { orders: 0, signedIn: 0 };
  for (let signInAt = 1, isThere = true; isThere; signInAt++) {
    // What began long before has ended long before, like what began a little later.
    for (let lateAt = Math.max(1, signInAt - 2); lateAt <= signInAt; lateAt++) {
      for (const heldUp of HELD_UP) {
        await cloud.control({ reset: true });
        const order = { ...heldUp, lateAt, signInAt };
        const picture = await upload('old.png');
        const outcome = await crossedBySignIn(saveProfile({ avatarFileId: picture }), order);
        isThere = outcome.met;
        if (!isThere) break;
        met.orders += 1;
        met.signedIn += Number(outcome.isSignedIn);
        const left = outcome.isSignedIn
          ? [{ nickname: '新', avatarFileId: '', replacedFileIds: [] }]
          : [];
        expect({ order, left: await cloud.documents('profiles') }).toMatchObject({ left });
        expect({ order, isLeft: await exists(picture) }).toEqual({ order, isLeft: false });
      }
    }
  }
  expect(met.signedIn).toBeGreaterThan(10);
  expect(met.orders).toBeGreaterThan(met.signedIn);
});

test('a picture that was uploaded, and whose save met the end of the account, is removed', async () => {
  const [deleting, saving] = [await signIn(), await signIn()];
  const picture = await upload('new.png');
  const { saved } = await race(
    saveProfile({ avatarFileId: picture }),
    { saving, deleting },
    3,
    DELETION_OPERATIONS,
  );
  expect(saved).toMatchObject({ ok: false });
  expect(await exists(picture)).toBe(false);
});
