/** A web page of the preview is signed in by a phone of the preview, which scans what the page shows. */
import { afterEach, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { signIn, tap } from '../support/mini-program-page';

let preview: BrowserPreview | undefined;

afterEach(() => preview?.close());

const toMine = (phone: ReturnType<BrowserPreview['phone']>) =>
  phone.locator('.tab-bar__tab').nth(1).click();

browserTest(
  'a phone scans the page and lets it in; signed out everywhere, the page notices',
  async () => {
    preview = await openPreview();
    const { page, phone, cloud, errors } = preview;
    const a = phone('A');
    await page.locator('.web-screen button').click();
    const web = page.frameLocator('.web-screen__page');
    await web.locator('#actions button').first().click();
    await web.locator('#qr svg').waitFor();
    const code = await web.locator('#user-code').innerText();

    await a.locator('.sign-in').waitFor();
    await signIn(a);
    await toMine(a);
    await tap(a, 'scan');
    await a.locator('.approve').waitFor();
    expect(await a.locator('.site').innerText()).toBe('小店');
    expect(await a.locator('.code-card .code').innerText()).toBe(code);
    await tap(a, 'approve');
    await a.locator('.result').waitFor();
    await web.locator('#session').waitFor();
    const sessions = await cloud.documents('sessions');
    expect(sessions.filter(({ client }) => client)).toMatchObject([{ state: 'active' }]);

    await cloud.call(
      'logout',
      { openid: String(sessions[0]?.['openid']), appid: String(sessions[0]?.['appid']) },
      {
        sessionToken: 'x',
        scope: 'everywhere',
      },
    );
    await web.locator('#actions button').first().click();
    await web.locator('#session').waitFor({ state: 'hidden' });
    expect(errors).toEqual([]);
  },
);
