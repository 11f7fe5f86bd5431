import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as sdk from 'wx-server-sdk';
import { cloudSessionStore } from '../../../../cloudfunctions/shared/session/cloud-session-store';
import { StoreUnavailableError } from '../../../../cloudfunctions/shared/session/session-store';
import { openCloud, type TestCloud } from '../../../support/local-cloud';
import { describeSessionStore } from '../../../support/session-store-contract';
import { activeSession, LIN } from '../../../support/sessions';
import { sessionId } from '../../../../cloudfunctions/shared/session/session-token';

let cloud: TestCloud;
let before: NodeJS.ProcessEnv;

beforeAll(async () => {
  cloud = await openCloud();
  before = { ...process.env };
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    SCF_NAMESPACE: 'local',
    TCB_ENV: 'local',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${cloud.url}/admin` }),
  });
  const options: object = { env: sdk.DYNAMIC_CURRENT_ENV, timeout: 500 };
  sdk.init(options);
});

afterAll(async () => {
  process.env = before;
  await cloud.close();
});

const openStore = () => {
  const options: object = { throwOnNotFound: false };
  return cloudSessionStore(sdk.database(options));
};

describeSessionStore('the store in the cloud database, through the real SDK,', async () => {
  await cloud.control({ reset: true });
  return { store: openStore(), close: () => Promise.resolve() };
});

describe('the store in the cloud database', () => {
  test('says that it is unavailable, and why, when the database fails', async () => {
    await cloud.control({ fault: { kind: 'databaseDown' } });
    await expect(openStore().find(sessionId(LIN, 0))).rejects.toThrow(StoreUnavailableError);
    await expect(openStore().replace(activeSession(), undefined)).rejects.toThrow(
      StoreUnavailableError,
    );
    await cloud.control({ fault: null });
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
