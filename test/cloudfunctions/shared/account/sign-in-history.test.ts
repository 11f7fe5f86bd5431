/** The record of sign-ins: in the cloud's database, through the real SDK, and in memory. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cloudSignInHistory } from '../../../../cloudfunctions/shared/account/sign-in-history';
import { expiringDocuments } from '../../../../cloudfunctions/shared/database/expiring-documents';
import { personKey } from '../../../../cloudfunctions/shared/identity/account';
import type { TestCloud } from '../../../support/local-cloud';
import { memorySignInHistory } from '../../../support/memory-identity-store';
import { LIN_ACCOUNT, PHONE } from '../../../support/people';
import { openCloudWithSdk, openDatabase } from '../../../support/sdk-in-process';
import { AT } from '../../../support/sessions';
import { describeSignInHistory } from '../../../support/sign-in-history-contract';

const DAY_MS = 24 * 60 * 60_000;
let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(60_000);
});
afterAll(() => cloud.close());

const close = () => Promise.resolve();

describeSignInHistory('the record in memory', (length) =>
  Promise.resolve({ history: memorySignInHistory(length), close }),
);

describeSignInHistory('the record in the cloud database, through the real SDK,', async (length) => {
  await cloud.control({ reset: true });
  return { history: cloudSignInHistory(openDatabase(), length), close };
});

const signIn = (ms: number) => ({ at: new Date(AT + ms), kind: 'wechat', device: PHONE }) as const;

test('is swept ninety days after the last sign-in', async () => {
  await cloud.control({ reset: true });
  const db = openDatabase();
  const history = cloudSignInHistory(db, 5);
  await history.add(LIN_ACCOUNT, signIn(0));
  await history.add(LIN_ACCOUNT, signIn(7));
  const expiring = expiringDocuments(db, 'sign_ins');
  const ninetyDaysLater = AT + 7 + 90 * DAY_MS;
  expect(await expiring.removeExpired(new Date(ninetyDaysLater - 1), 9)).toMatchObject({
    removed: 0,
  });
  expect(await expiring.removeExpired(new Date(ninetyDaysLater), 9)).toMatchObject({ removed: 1 });
});

test('keeps less once less is to be kept', async () => {
  await cloud.control({ reset: true });
  const db = openDatabase();
  const history = cloudSignInHistory(db, 5);
  for (const ms of [1, 2, 3]) await history.add(LIN_ACCOUNT, signIn(ms));
  expect(await cloudSignInHistory(db, 2).read(LIN_ACCOUNT)).toEqual([signIn(3), signIn(2)]);
  await cloudSignInHistory(db, 2).add(LIN_ACCOUNT, signIn(4));
  expect(await history.read(LIN_ACCOUNT)).toEqual([signIn(4), signIn(3)]);
});

test('shows what is left of a record that somebody has edited', async () => {
  await cloud.control({ reset: true });
  const db = openDatabase();
  const last = [7, null, {}, { ...signIn(1), at: 'now' }, { ...signIn(1), device: {} }, signIn(2)];
  await db.collection('sign_ins').add({ data: { _id: personKey(LIN_ACCOUNT), last } });
  expect(await cloudSignInHistory(db, 9).read(LIN_ACCOUNT)).toEqual([signIn(2)]);
});
