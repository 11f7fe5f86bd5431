import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as sdk from 'wx-server-sdk';
import { cloudSessionStore } from '../../../../cloudfunctions/shared/session/cloud-session-store';
import { StoreUnavailableError } from '../../../../cloudfunctions/shared/session/session-store';
import { sessionId } from '../../../../cloudfunctions/shared/session/session-token';
import type { TestCloud } from '../../../support/local-cloud';
import { LIN_ACCOUNT } from '../../../support/people';
import { openCloudWithSdk, openDatabase, type Database } from '../../../support/sdk-in-process';
import { describeSessionStore } from '../../../support/session-store-contract';
import { activeSession } from '../../../support/sessions';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(60_000);
});
afterAll(() => cloud.close());

const openStore = () => cloudSessionStore(openDatabase());

/** The real database, on which something happens before each removal. */
function pausedBeforeRemoving(happens: () => Promise<void>): Database {
  const db = sdk.database();
  const collection = (name: string): object => ({
    where: (condition: object) => {
      const query = db.collection(name).where(condition);
      return {
        field: (fields: object) => query.field(fields),
        remove: async (): Promise<unknown> => {
          await happens();
          return query.remove();
        },
      };
    },
  });
  return { command: db.command, collection } as unknown as Database;
}

describeSessionStore('the store in the cloud database, through the real SDK,', async () => {
  await cloud.control({ reset: true });
  let advancedMs = 0;
  return {
    store: openStore(),
    close: () => Promise.resolve(),
    now: () => Date.now() + advancedMs,
    async advance(ms) {
      advancedMs += ms;
      await cloud.control({ advanceClockMs: ms });
    },
  };
});

describe('the store in the cloud database', () => {
  test('says that it is unavailable, and why, when the database fails', async () => {
    await cloud.control({ fault: { kind: 'databaseDown' } });
    await expect(openStore().find(sessionId(LIN_ACCOUNT, 0))).rejects.toThrow(
      StoreUnavailableError,
    );
    await expect(openStore().replace(activeSession(), undefined)).rejects.toThrow(
      StoreUnavailableError,
    );
    await cloud.control({ fault: null });
  });

  test('does not sweep away a sign-in that came between finding the expired session and removing it', async () => {
    await cloud.control({ reset: true });
    const store = openStore();
    const now = new Date();
    const expired = activeSession({ expiresAt: now });
    await store.put(expired);
    const signedInMeanwhile = activeSession({ expiresAt: new Date(now.getTime() + 60_000) });
    const sweeping = cloudSessionStore(pausedBeforeRemoving(() => store.put(signedInMeanwhile)));
    expect(await sweeping.removeExpired(now, 100)).toEqual({ found: 1, removed: 0 });
    expect(await store.find(expired.id)).toEqual(signedInMeanwhile);
  });

  test.each([
    ['no document of ours', { hello: 'world' }],
    ['a hash that is no text', { tokenHash: 7 }],
    ['a time that is no date', { expiresAt: 1_800_000_000_000 }],
    ['a state that we do not know', { state: 'paused' }],
    ['a revocation without its time', { state: 'revoked' }],
  ])('counts a document that somebody edited as absent: %s', async (_, changes) => {
    const { id, ...session } = activeSession();
    await cloud.control({ reset: true });
    const document = 'hello' in changes ? changes : { ...session, ...changes };
    await sdk
      .database()
      .collection('sessions')
      .add({ data: { _id: id, ...document } });
    expect(await openStore().find(id)).toBeUndefined();
    expect(await openStore().findAll([id])).toEqual([]);
  });
});
