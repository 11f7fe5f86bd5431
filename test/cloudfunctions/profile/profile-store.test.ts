/**
 * Profiles in the real database, through the real SDK: two devices at once, and a storage that
 * keeps what it was given.
 */
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { deleteFile as sdkDeleteFile } from 'wx-server-sdk';
import { listenOnLoopback } from '../../../scripts/lib/loopback-server';
import { cloudProfileStore } from '../../../cloudfunctions/profile/cloud-profile-store';
import { ownEnvironment } from '../../../cloudfunctions/profile/own-environment';
import { avatarFolder, profileAction } from '../../../cloudfunctions/profile/profile-action';
import type { TestCloud } from '../../support/local-cloud';
import { LIN, LIN_ACCOUNT } from '../../support/people';
import {
  gatedDatabase,
  openDatabase,
  openCloudWithSdk,
  type Database,
} from '../../support/sdk-in-process';
import { protectedCall } from '../../support/sessions';

let cloud: TestCloud;
/** What the storage refuses to remove, and whether it can be reached. */
let locked: Set<string>;
let storageIsDown: boolean;
let removed: string[];

beforeAll(async () => {
  cloud = await openCloudWithSdk(20_000);
});
afterAll(() => cloud.close());
beforeEach(async () => {
  await cloud.control({ reset: true });
  locked = new Set();
  storageIsDown = false;
  removed = [];
});

const avatar = (name: string, environment = 'local'): string =>
  `cloud://${environment}.bucket/${avatarFolder(LIN_ACCOUNT)}/${name}`;

/**
 * Like the SDK: a refusal for each file, or for the whole request if one is of another environment.
 */
const deleteFile = ({ fileList }: { fileList: string[] }) => {
  const foreign = fileList.some((id) => !id.startsWith('cloud://local.'));
  const answer = { code: 'STORAGE_EXCEED_AUTHORITY', requestId: 'r' };
  if (storageIsDown || foreign) {
    const error = Object.assign(new Error('deleteFile:fail'), { errCode: -1 });
    return Promise.reject(storageIsDown ? error : Object.assign(error, answer));
  }
  if (fileList.length > 50) return Promise.reject(new Error('too many files'));
  removed.push(...fileList.filter((id) => !locked.has(id)));
  return Promise.resolve({
    fileList: fileList.map((fileID) => ({ fileID, status: locked.has(fileID) ? -503002 : 0 })),
  });
};
const storeOn = (database: Database) =>
  cloudProfileStore({ database, deleteFile, environment: ownEnvironment() });
const nobody = (): Promise<boolean> => Promise.resolve(false);

/** One for all of them: a profile that another session has just made is saved in a transaction. */
const { session } = protectedCall({});

function save(data: object, database = openDatabase()): Promise<object> {
  const call = { ...protectedCall({ action: 'save', ...data }), session };
  // The session is good in all of these: the transaction is real.
  call.whileSignedIn = async (write) => {
    const transaction = (await database.startTransaction()) as Parameters<typeof write>[0] & {
      commit: () => Promise<void>;
    };
    await write(transaction);
    await transaction.commit();
    return { ok: true };
  };
  return profileAction({ ...call, now: new Date() }, storeOn(database));
}

async function kept(): Promise<Record<string, unknown>> {
  const [document = {}] = await cloud.documents('profiles');
  return document;
}

/** One save that stops before each of its operations while another one runs. */
async function crossed(first: object, second: object, check: () => Promise<void>): Promise<void> {
  for (let stopsBefore = 1; ; stopsBefore++) {
    await cloud.control({ reset: true });
    removed = [];
    await save({ nickname: '旧', avatarFileId: avatar('old.png') });
    let operations = 0;
    let other: object | undefined;
    const replies = [
      await save(
        first,
        gatedDatabase(async () => {
          operations += 1;
          if (operations === stopsBefore) other = await save(second);
        }),
      ),
    ];
    if (other === undefined) return;
    expect([...replies, other]).toEqual([
      expect.objectContaining({ ok: true }),
      expect.objectContaining({ ok: true }),
    ]);
    await check();
  }
}

describe('two devices that save at once', () => {
  test('a name and a picture: both are there', async () => {
    const [name, picture] = [{ nickname: '林' }, { avatarFileId: avatar('new.png') }];
    const both = async (): Promise<void> => {
      expect(await kept()).toMatchObject({ nickname: '林', avatarFileId: avatar('new.png') });
    };
    await crossed(name, picture, both);
    await crossed(picture, name, both);
  });

  test('two pictures: one is there, and nobody loses track of the other', async () => {
    const [first, second] = [avatar('first.png'), avatar('second.png')];
    await crossed({ avatarFileId: first }, { avatarFileId: second }, async () => {
      const { avatarFileId, replacedFileIds } = await kept();
      const found = [avatarFileId, ...(replacedFileIds as string[]), ...removed].sort();
      expect([...new Set(found)]).toEqual([first, avatar('old.png'), second].sort());
      expect(removed).not.toContain(avatarFileId);
    });
  });

  test('the first of each: both are there', async () => {
    const replies = await Promise.all([
      save({ nickname: '林' }).catch(() => undefined),
      save({ avatarFileId: avatar('new.png') }).catch(() => undefined),
    ]);
    // Without a retry, as here, one of them may have met the other's transaction: then its answer
    // was not ok.
    const document = await kept();
    if (replies[0] !== undefined) expect(document).toMatchObject({ nickname: '林' });
    if (replies[1] !== undefined) {
      expect(document).toMatchObject({ avatarFileId: avatar('new.png') });
    }
  });
});

describe('a storage that keeps a file', () => {
  test('holds up no save; the next one tries again', async () => {
    await save({ avatarFileId: avatar('a.png') });
    storageIsDown = true;
    expect(await save({ avatarFileId: avatar('b.png') })).toMatchObject({ ok: true });
    expect(await kept()).toMatchObject({ replacedFileIds: [avatar('a.png')] });
    storageIsDown = false;
    await save({ nickname: '林' });
    expect(removed).toEqual([avatar('a.png')]);
    expect(await kept()).toMatchObject({ replacedFileIds: [] });
  });

  test('does not hold up a deletion, which says how many, keeps which, and nothing of the person', async () => {
    await save({ nickname: '林', avatarFileId: avatar('a.png') });
    locked.add(avatar('a.png'));
    await save({ avatarFileId: avatar('b.png') });
    const store = storeOn(openDatabase());
    expect(await store.removeAll(LIN_ACCOUNT, nobody)).toEqual({ filesLeft: 1 });
    expect(removed).toEqual([avatar('b.png')]);
    const document = await kept();
    expect(document).toMatchObject({ nickname: '', replacedFileIds: [avatar('a.png')] });
    expect(JSON.stringify(document)).not.toContain(LIN.openid);
    for (const gone of ['openid', 'appid', 'savedIn', 'savedAt'])
      expect(document).not.toHaveProperty(gone);

    locked.clear();
    expect(await store.removeAll(LIN_ACCOUNT, nobody)).toEqual({ filesLeft: 0 });
    expect(removed).toEqual([avatar('b.png'), avatar('a.png')]);
    expect(await cloud.documents('profiles')).toEqual([]);
  });

  test('of another environment, which was once on record, does not hold up the others', async () => {
    await save({ avatarFileId: avatar('a.png') });
    await openDatabase()
      .collection('profiles')
      .where({ avatarFileId: avatar('a.png') })
      .update({ data: { replacedFileIds: [avatar('x.png', 'other')] } });
    expect(await save({ avatarFileId: avatar('b.png') })).toMatchObject({ ok: true });
    expect(removed).toEqual([avatar('a.png')]);
    const store = storeOn(openDatabase());
    expect(await store.removeAll(LIN_ACCOUNT, nobody)).toEqual({ filesLeft: 1 });
    expect(removed).toEqual([avatar('a.png'), avatar('b.png')]);
  });

  test('takes fifty at a time', async () => {
    const many = Array.from({ length: 120 }, (_, index) => avatar(`${index}.png`));
    expect(await storeOn(openDatabase()).removeFiles(many)).toEqual([]);
    expect(removed).toEqual(many);
  });

  test('that cannot be reached stops a deletion, which can be asked for again', async () => {
    await save({ avatarFileId: avatar('a.png') });
    storageIsDown = true;
    await expect(storeOn(openDatabase()).removeAll(LIN_ACCOUNT, nobody)).rejects.toThrow(
      'deleteFile',
    );
    expect(await kept()).toMatchObject({ avatarFileId: avatar('a.png') });
  });
});

describe('through the SDK, which numbers every failure of the storage -1,', () => {
  /** A cloud that answers this to whatever it is asked; `undefined`: it closes the connection. */
  async function withCloudThatAnswers(reply: object | undefined): Promise<unknown> {
    const server = createServer((request, response) => {
      if (reply === undefined) request.socket.destroy();
      else response.end(JSON.stringify(reply));
    });
    const { url, close } = await listenOnLoopback(server);
    const before = process.env['TCB_CONTEXT_CNFG'];
    process.env['TCB_CONTEXT_CNFG'] = JSON.stringify({ URL: `${url}/admin` });
    try {
      const store = cloudProfileStore({
        database: openDatabase(),
        deleteFile: sdkDeleteFile,
        environment: 'local',
      });
      return await store.removeFiles([avatar('a.png'), avatar('b.png')]);
    } finally {
      process.env['TCB_CONTEXT_CNFG'] = before;
      await close();
    }
  }

  test.each(['STORAGE_EXCEED_AUTHORITY', 'INVALID_PARAM', 'PERMISSION_DENIED', 'INVALID_ENV'])(
    'an answer of %s is a refusal of each file: they stay on record',
    async (code) => {
      expect(await withCloudThatAnswers({ code, message: 'no', requestId: 'r' })).toEqual([
        avatar('a.png'),
        avatar('b.png'),
      ]);
    },
  );

  test('no answer is none: it may be asked again', async () => {
    await expect(withCloudThatAnswers(undefined)).rejects.toThrow('deleteFile');
  });
});

test('a profile that somebody edited by hand is read, and removed, all the same', async () => {
  await save({ nickname: '林', avatarFileId: avatar('a.png') });
  await openDatabase()
    .collection('profiles')
    .where({ nickname: '林' })
    .update({
      data: { nickname: 7, avatarFileId: 5, replacedFileIds: [null, 7, avatar('b.png')] },
    });
  const store = storeOn(openDatabase());
  expect(await store.read(LIN_ACCOUNT)).toMatchObject({ nickname: '', avatarFileId: '' });
  expect(await store.removeAll(LIN_ACCOUNT, nobody)).toEqual({ filesLeft: 0 });
  expect(removed).toEqual([avatar('b.png')]);
  expect(await cloud.documents('profiles')).toEqual([]);
});

test('a removal that reaches the database late takes nothing that was made since', async () => {
  await save({ nickname: '旧' });
  let operations = 0;
  let isBack = false;
  const late = gatedDatabase(async () => {
    operations += 1;
    if (operations !== 2) return;
    // A repeated deletion was quicker, and the person is back.
    await storeOn(openDatabase()).removeAll(LIN_ACCOUNT, nobody);
    await save({ nickname: '新' });
    isBack = true;
  });
  await storeOn(late).removeAll(LIN_ACCOUNT, () => Promise.resolve(isBack));
  expect(await kept()).toMatchObject({ nickname: '新' });
});

test('a name is saved in one operation, and none of it is in a transaction, once there is a profile', async () => {
  await save({ nickname: '旧' });
  let operations = 0;
  await save(
    { nickname: '林' },
    gatedDatabase(() => Promise.resolve(void (operations += 1))),
  );
  // The save, and the profile for the answer.
  expect(operations).toBe(2);
});
