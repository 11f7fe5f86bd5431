/** (i) What each call costs in database operations, counted where they arrive. A plan has a limited number a day. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openCloud, type TestCloud } from '../support/local-cloud';

const LIN = { openid: 'openid-of-lin', appid: 'wx-app' };

describe.each([
  [1, { login: 1, check: 1, list: 1, revoke: 2, logout: 1, others: 1, everywhere: 1 }],
  [3, { login: 2, check: 1, list: 1, revoke: 2, logout: 1, others: 2, everywhere: 2 }],
])('with %i sessions a person', (sessionsPerUser, counts) => {
  let cloud: TestCloud;
  let sessionToken: string;
  let sessionId: string;

  beforeAll(async () => {
    cloud = await openCloud({ environment: { SESSIONS_PER_USER: String(sessionsPerUser) } });
  });
  afterAll(() => cloud.close());
  beforeEach(async () => {
    await cloud.control({ reset: true });
    const reply = await cloud.call('login', LIN, {});
    sessionToken = String(reply['sessionToken']);
    sessionId = (reply['session'] as { id: string }).id;
  });

  test.each(Object.entries(counts))('%s takes %i', async (what, count) => {
    const scope = what === 'logout' ? 'this' : what;
    if (what === 'login') await cloud.call('login', LIN, {});
    else if (['check', 'list', 'revoke'].includes(what)) {
      await cloud.call('session', LIN, { action: what, sessionToken, sessionId });
    } else await cloud.call('logout', LIN, { sessionToken, scope });

    const { operations, result } = await cloud.lastCall();
    expect(result).toEqual({ ok: true });
    expect(operations).toHaveLength(count);
  });
});
