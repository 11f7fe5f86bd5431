import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cloudIdentityStore } from '../../../../cloudfunctions/shared/identity/cloud-identity-store';
import { cloudSessionStore } from '../../../../cloudfunctions/shared/session/cloud-session-store';
import { cloudWhileSignedIn } from '../../../../cloudfunctions/shared/session/while-signed-in';
import { adding, linkedIdentity, passwordIdentity } from '../../../support/identities';
import { describeIdentityStore } from '../../../support/identity-store-contract';
import type { TestCloud } from '../../../support/local-cloud';
import { LIN_ACCOUNT } from '../../../support/people';
import { openCloudWithSdk, openDatabase } from '../../../support/sdk-in-process';
import { activeSession, AT } from '../../../support/sessions';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(60_000);
});
afterAll(() => cloud.close());

const openStore = () => cloudIdentityStore(openDatabase());

describeIdentityStore('the store in the cloud database, through the real SDK,', async () => {
  await cloud.control({ reset: true });
  const db = openDatabase();
  return {
    identities: cloudIdentityStore(db),
    sessions: cloudSessionStore(db),
    whileSignedIn: cloudWhileSignedIn(db),
    close: () => Promise.resolve(),
  };
});

describe('a document in the cloud database that somebody has edited', () => {
  beforeEach(() => cloud.control({ reset: true }));

  const { id, ...fields } = linkedIdentity();

  test.each([
    ['no identity at all', { hello: 'world', account: LIN_ACCOUNT }],
    ['of a kind that we do not know', { ...fields, kind: 'fax' }],
    ['of nobody', { ...fields, account: '' }],
    ['of an account that is no text', { ...fields, account: { of: 'lin' } }],
    ['linked at no time', { ...fields, createdAt: AT }],
    ['without a revision', { ...fields, revision: null }],
  ])('does not count as absent: %s', async (_, data) => {
    const db = openDatabase();
    const collection = db.collection('identities');
    await collection.add({ data: { _id: id, ...data } });
    const store = openStore();
    await expect(store.find([id])).rejects.toThrow(TypeError);
    if (data.account === LIN_ACCOUNT) {
      await expect(store.ofAccount(LIN_ACCOUNT)).rejects.toThrow(TypeError);
    }
    const session = activeSession();
    await cloudSessionStore(db).put(session);
    const change = store.change([adding(passwordIdentity()), adding(linkedIdentity())], (write) =>
      cloudWhileSignedIn(db)(session, () => new Date(AT), write),
    );
    await expect(change).rejects.toThrow(TypeError);
    expect(await store.changeOne(adding(linkedIdentity()))).toBe(false);
    expect(await cloud.documents('identities')).toEqual([{ _id: id, ...data }]);
  });

  test('is an identity as long as it says where it leads', async () => {
    const { label: _label, linkedIn: _linkedIn, ...needed } = fields;
    const edited = { home: 7, passwordHash: [1], label: 9 };
    await openDatabase()
      .collection('identities')
      .add({ data: { _id: id, ...needed, ...edited } });
    expect(await openStore().find([id])).toEqual([{ ...needed, id, label: '', linkedIn: '' }]);
  });
});
