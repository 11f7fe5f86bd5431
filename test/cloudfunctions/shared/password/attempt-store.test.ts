/** Where attempts are counted: in the cloud's database, through the real SDK, and in memory. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { takeAttempt, type AttemptKey } from '../../../../cloudfunctions/shared/password/attempts';
import { cloudAttemptStore } from '../../../../cloudfunctions/shared/password/cloud-attempt-store';
import { expiringDocuments } from '../../../../cloudfunctions/shared/database/expiring-documents';
import { describeAttemptStore } from '../../../support/attempt-store-contract';
import type { TestCloud } from '../../../support/local-cloud';
import { memoryAttemptStore } from '../../../support/memory-identity-store';
import { openCloudWithSdk, openDatabase } from '../../../support/sdk-in-process';
import { AT } from '../../../support/sessions';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(60_000);
});
afterAll(() => cloud.close());

const close = () => Promise.resolve();

describeAttemptStore('the store in memory', () =>
  Promise.resolve({ attempts: memoryAttemptStore(), close }),
);

describeAttemptStore('the store in the cloud database, through the real SDK,', async () => {
  await cloud.control({ reset: true });
  return { attempts: cloudAttemptStore(openDatabase()), close };
});

const KEY = 'some-key' as AttemptKey;

test('what the cloud counted is swept when it is to be forgotten, and not before', async () => {
  await cloud.control({ reset: true });
  const db = openDatabase();
  const until = new Date(AT);
  await cloudAttemptStore(db).replace(KEY, undefined, { failures: 1, until }, new Date(AT + 5));
  const expiring = expiringDocuments(db, 'password_attempts');
  expect(await expiring.removeExpired(new Date(AT + 4), 10)).toEqual({ found: 0, removed: 0 });
  expect(await expiring.removeExpired(new Date(AT + 5), 10)).toEqual({ found: 1, removed: 1 });
  expect(await cloud.documents('password_attempts')).toEqual([]);
});

test.each([[{ failures: 'many', until: 'never' }], [{ failures: -3, until: 7 }], [{}]])(
  'a count that was edited into %j keeps nobody out, and counts again',
  async (edited) => {
    await cloud.control({ reset: true });
    const db = openDatabase();
    await db.collection('password_attempts').add({ data: { _id: KEY, ...edited } });
    const attempts = cloudAttemptStore(db);
    const limit = { key: KEY, free: 1 };
    const now = new Date(AT);
    expect(await takeAttempt(attempts, limit, undefined, now)).toMatchObject({ ok: true });
    const retryAt = new Date(AT + 60_000);
    expect(await takeAttempt(attempts, limit, undefined, now)).toEqual({ ok: false, retryAt });
  },
);
