import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cloudDeviceGrantStore } from '../../../../cloudfunctions/shared/device-grants/cloud-device-grant-store';
import { newDeviceGrant } from '../../../../cloudfunctions/shared/device-grants/device-grant';
import { cloudSessionStore } from '../../../../cloudfunctions/shared/session/cloud-session-store';
import { cloudWhileSignedIn } from '../../../../cloudfunctions/shared/session/while-signed-in';
import { describeDeviceGrantStore } from '../../../support/device-grant-store-contract';
import type { TestCloud } from '../../../support/local-cloud';
import { openCloudWithSdk, openDatabase } from '../../../support/sdk-in-process';
import { AT } from '../../../support/sessions';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(60_000);
});
afterAll(() => cloud.close());

describeDeviceGrantStore('the store in the cloud database, through the real SDK,', async () => {
  await cloud.control({ reset: true });
  const db = openDatabase();
  return {
    grants: cloudDeviceGrantStore(db),
    sessions: cloudSessionStore(db),
    whileSignedIn: cloudWhileSignedIn(db),
    close: () => Promise.resolve(),
  };
});

describe('a request in the cloud database that somebody has edited', () => {
  beforeEach(() => cloud.control({ reset: true }));

  const site = { id: 'shop', name: '小店' };
  const { grant } = newDeviceGrant(site, { name: 'Chrome', platform: 'mac' }, new Date(AT));
  const { id, ...fields } = grant;

  test.each([
    ['no request at all', { hello: 'world' }],
    ['without a secret', { ...fields, secretHash: null }],
    ['of no site', { ...fields, site: 'shop' }],
    ['of no device', { ...fields, device: { name: 'Chrome' } }],
    ['in a state that we do not know', { ...fields, state: 'open' }],
    ['made at no time', { ...fields, createdAt: AT }],
    ['good for ever', { ...fields, expiresAt: null }],
    ['approved by nobody', { ...fields, state: 'approved' }],
    ['approved by half', { ...fields, state: 'approved', approvedBy: {} }],
  ])('counts as absent: %s', async (_, data) => {
    const db = openDatabase();
    await db.collection('device_grants').add({ data: { _id: id, ...data } });
    const store = cloudDeviceGrantStore(db);
    expect(await store.find(id)).toBeUndefined();
    // Its place stays taken.
    expect(await store.add(grant)).toBe(false);
  });
});
