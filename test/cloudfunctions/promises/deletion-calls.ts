/** One person's saves and deletion on the real SDK, each of whose operations a test may hold up. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { deleteFile } from 'wx-server-sdk';
import { accountAction } from '../../../cloudfunctions/account/account-action';
import { cloudNoteStore } from '../../../cloudfunctions/note/cloud-note-store';
import { noteAction } from '../../../cloudfunctions/note/note-action';
import { cloudProfileStore } from '../../../cloudfunctions/profile/cloud-profile-store';
import { ownEnvironment } from '../../../cloudfunctions/profile/own-environment';
import {
  avatarFolder,
  profileAction,
  removeUpload,
} from '../../../cloudfunctions/profile/profile-action';
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
import { LIN, wxContextOf, LIN_ACCOUNT } from '../../support/people';
import { openDatabase, openCloudWithSdk, type Database } from '../../support/sdk-in-process';
import { fileExists, uploadFile } from '../../support/stored-files';

/** One cloud for all tests of a file, empty before each. */
export function cloudOnSdk() {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openCloudWithSdk(20_000);
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.control({ reset: true }));
  return {
    get cloud(): TestCloud {
      return cloud;
    },
    upload: (name: string): Promise<string> =>
      uploadFile(cloud, `${avatarFolder(LIN_ACCOUNT)}/${name}`),
    exists: (fileId: string): Promise<boolean> => fileExists(cloud, fileId),
  };
}

export const environment = (db: Database): ProtectedEnvironment => ({
  getWXContext: () => wxContextOf(LIN),
  store: cloudSessionStore(db),
  policy: { ...defaultPolicy, sessionsPerUser: 3 },
  now: () => new Date(),
  log: () => undefined,
  whileSignedIn: cloudWhileSignedIn(db),
});
const profilesOf = (database: Database) =>
  cloudProfileStore({ database, deleteFile, environment: ownEnvironment() });

export type Save = (db: Database, sessionToken: string) => Promise<object>;

export const saveNote: Save = (db, sessionToken) =>
  withSession('note', (call) => noteAction(call, cloudNoteStore(db)), {
    environment: environment(db),
  })({
    action: 'save',
    text: 'late',
    sessionToken,
  });
export const saveProfile =
  (data: object): Save =>
  (db, sessionToken) =>
    withSession('profile', (call) => profileAction(call, profilesOf(db)), {
      environment: environment(db),
      tidyUp: (call) => removeUpload(call, profilesOf(db)),
    })({
      action: 'save',
      ...data,
      sessionToken,
    });

export const deleteAccount: Save = (db, sessionToken) =>
  functionEntry('account', environment(db), (call) =>
    accountAction(call, [cloudNoteStore(db), profilesOf(db)]),
  )({ action: 'delete', sessionToken });

export async function signIn(): Promise<string> {
  const reply = await functionEntry('login', environment(openDatabase()), loginAction)({});
  if (!reply.ok) throw new Error(reply.code);
  return reply.sessionToken;
}

/**
 * After this long a call counts as waiting. On a slow machine it may not be: then an order is tried
 * twice.
 */
const STANDSTILL_MS = 40;

/** Lets a call run up to a point, and tells when it gets there or ends. */
export class Progress {
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
