import { expect, test } from '@jest/globals';
import { deployedGateway } from '../../support/deployed-gateway';
import { SITES, webSignIn } from '../../support/web-sign-in';

const gateway = deployedGateway({ ...SITES, SIGN_IN_METHODS: 'wechat,password' });
const page = webSignIn(() => gateway.cloud);

test('a page gets its session though the way in can not be read once after it was written', async () => {
  const { device_code, user_code } = await page.request();
  await page.authorize('approve', user_code, await page.signIn());
  const fault = { kind: 'databaseDown', collection: 'identities', count: 1 };
  await gateway.cloud.control({ fault });
  const { status, body } = await page.poll(device_code);
  expect(status).toBe(200);
  expect((await page.check(String(body['access_token']))).status).toBe(200);
});

test('a page gets nothing while the way in can not be read', async () => {
  const { device_code, user_code } = await page.request();
  await page.authorize('approve', user_code, await page.signIn());
  await gateway.cloud.control({ fault: { kind: 'databaseDown', collection: 'identities' } });
  expect((await page.poll(device_code)).status).toBe(503);
  await gateway.cloud.control({ fault: null });
});
