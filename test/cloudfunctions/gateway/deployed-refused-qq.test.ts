/** A sign-in over HTTP that is refused, where an account has one session. */
import { expect, test } from '@jest/globals';
import { deployedGateway, json } from '../../support/deployed-gateway';
import { LIN, ZHOU, type Person } from '../../support/people';
import { PASSWORD, SEVERAL_WAYS_IN } from '../../support/several-ways-in';

const gateway = deployedGateway({ ...SEVERAL_WAYS_IN, SESSIONS_PER_USER: '1' });

async function withPassword(person: Person, name: string): Promise<string> {
  const { sessionToken } = await gateway.cloud.call('login', person, {});
  const set = { action: 'set-password', sessionToken, name, password: PASSWORD };
  expect(await gateway.cloud.call('identity', person, set)).toMatchObject({ ok: true });
  return String(sessionToken);
}
const loginWithQq = (name: string, code: string) => {
  const qq = { platform: 'qq', appid: 'qq-app', code };
  return gateway.send('POST', '/v1/login', json({ name, password: PASSWORD, ...qq }));
};

test('a QQ of another account is refused, and nobody is signed out for it', async () => {
  await withPassword(ZHOU, 'zhou');
  expect((await loginWithQq('zhou', 'qin-r1')).status).toBe(200);
  const sessionToken = await withPassword(LIN, 'lin');
  expect((await loginWithQq('lin', 'qin-r2')).status).toBe(409);
  const check = { action: 'check', sessionToken };
  expect(await gateway.cloud.call('session', LIN, check)).toMatchObject({ ok: true });
});
