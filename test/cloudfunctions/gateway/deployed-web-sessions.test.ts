/** What the sign-in of a web page by a phone leaves: the session, and how it ends. */
import { describe, expect, test } from '@jest/globals';
import { asClient, bearer, deployedGateway, json } from '../../support/deployed-gateway';
import { LIN } from '../../support/people';
import { SITES, webSignIn } from '../../support/web-sign-in';

const gateway = deployedGateway(SITES);
const page = webSignIn(() => gateway.cloud);
const grants = () => gateway.cloud.documents('device_grants');

describe('a web session', () => {
  test('is listed with its site and browser, and signs no phone out', async () => {
    const phone = await page.signIn();
    const token = await page.signInPage(phone);
    const list = await gateway.cloud.call('session', LIN, { action: 'list', sessionToken: phone });
    expect(list).toMatchObject({
      ok: true,
      sessions: [
        { current: true },
        {
          current: false,
          site: { id: 'shop', name: '小店' },
          device: { name: 'Chrome', platform: 'windows' },
        },
      ],
    });
    const { body } = await gateway.send('POST', '/v1/introspect', asClient(token));
    expect(body).toMatchObject({ active: true, sub: LIN.openid, client_id: 'shop' });
  });

  test('takes the place of the one before, which is told nothing', async () => {
    const phone = await page.signIn();
    const [first, second] = [await page.signInPage(phone), await page.signInPage(phone)];
    expect((await page.check(first)).body).toMatchObject({ code: 'SESSION_MISSING' });
    expect((await page.check(second)).status).toBe(200);
  });

  test('is worth nothing by callFunction', async () => {
    const token = await page.signInPage(await page.signIn());
    for (const name of ['session', 'note', 'authorize', 'account']) {
      const data = { sessionToken: token, action: 'check', userCode: 'BCDF-GHJK' };
      const given = name === 'note' ? { ...data, action: 'read' } : data;
      const action = name === 'account' ? { ...given, action: 'delete' } : given;
      expect(await gateway.cloud.call(name, LIN, action)).toMatchObject({
        code: 'SESSION_MISSING',
      });
    }
    expect((await page.check(token)).status).toBe(200);
  });

  test.each(['this', 'others', 'everywhere'] as const)(
    'ends by a sign-out of the phone with scope %s, unless that is its own affair',
    async (scope) => {
      const phone = await page.signIn();
      const token = await page.signInPage(phone);
      await gateway.cloud.call('logout', LIN, { sessionToken: phone, scope });
      expect((await page.check(token)).status).toBe(scope === 'this' ? 200 : 401);
    },
  );

  test('ends by a sign-out everywhere that is sent late, if it was approved before that', async () => {
    const phone = await page.signIn();
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, phone);
    // The phone has no network by now, and the person signs out; then the page comes.
    const { body } = await page.poll(device_code);
    const lateOut = { sessionToken: phone, scope: 'everywhere', askedAgoMs: 3_000 };
    expect(await gateway.cloud.call('logout', LIN, lateOut)).toMatchObject({ ended: 2 });
    expect((await page.check(String(body['access_token']))).status).toBe(401);
  });

  test('stays at a sign-out that is sent late, if it was approved since', async () => {
    const lost = await page.signIn();
    await gateway.cloud.control({ advanceClockMs: 60_000 });
    const token = await page.signInPage(await page.signIn());
    const lateOut = { sessionToken: lost, scope: 'everywhere', askedAgoMs: 60_000 };
    expect(await gateway.cloud.call('logout', LIN, lateOut)).toMatchObject({ ended: 1 });
    expect((await page.check(token)).status).toBe(200);
  });

  test('ends from the list, by its own sign-out, and with the account', async () => {
    const phone = await page.signIn();
    const listed = await page.signInPage(phone);
    const { body } = await page.check(listed);
    const sessionId = (body['session'] as { id: string }).id;
    const revoke = { action: 'revoke', sessionToken: phone, sessionId };
    expect(await gateway.cloud.call('session', LIN, revoke)).toMatchObject({ ended: 1 });
    expect((await page.check(listed)).status).toBe(401);

    const own = await page.signInPage(phone);
    const signedOut = { ...json({}), headers: { authorization: `Bearer ${own}` } };
    expect((await gateway.send('POST', '/v1/logout', bearer(own))).body).toEqual({ ended: 1 });
    expect((await gateway.send('POST', '/v1/logout', { headers: signedOut.headers })).status).toBe(
      401,
    );

    const last = await page.signInPage(phone);
    const fresh = await page.signIn();
    await gateway.cloud.call('account', LIN, { action: 'delete', sessionToken: fresh });
    expect((await page.check(last)).status).toBe(401);
    expect(await gateway.cloud.documents('sessions')).toEqual([]);
  });

  test('leaves nothing of who approved it where an account has been deleted', async () => {
    const phone = await page.signIn();
    await page.signInPage(phone);
    await page.authorize('approve', (await page.request()).user_code, phone);
    await gateway.cloud.call('account', LIN, { action: 'delete', sessionToken: phone });
    const left = await grants();
    expect(left).toHaveLength(2);
    expect(JSON.stringify(left)).not.toContain(LIN.openid);
  });

  test('ends a day after its last use, and a week after the sign-in', async () => {
    const DAY = 86_400_000;
    const idle = await page.signInPage(await page.signIn());
    await gateway.cloud.control({ advanceClockMs: DAY + 1 });
    expect((await page.check(idle)).status).toBe(401);
    const used = await page.signInPage(await page.signIn());
    for (let half = 0; half < 13; half++) {
      await gateway.cloud.control({ advanceClockMs: DAY / 2 });
      expect((await page.check(used)).status).toBe(200);
    }
    await gateway.cloud.control({ advanceClockMs: DAY / 2 });
    expect((await page.check(used)).status).toBe(401);
  });
});
