/** A web page of the preview is signed in by a phone of the preview, which scans what the page shows. */
import { afterEach, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { eventually } from '../support/eventually';
import { agreeAndSignIn, signIn, tap } from '../support/mini-program-page';

let preview: BrowserPreview | undefined;

afterEach(() => preview?.close());

/** A preview whose web page shows a code. */
async function openWebPage() {
  preview = await openPreview();
  const { page, phone, cloud } = preview;
  await page.locator('.web-screen button').click();
  const web = page.frameLocator('.web-screen__page');
  await web.getByRole('button', { name: '用手机登录' }).click();
  await web.locator('#qr svg').waitFor();
  const a = phone('A');
  await a.locator('.sign-in').waitFor();
  const code = await web.locator('#user-code').innerText();
  const webSessions = async () =>
    (await cloud.documents('sessions')).filter(({ client }) => client !== undefined);
  return { web, a, code, webSessions };
}

type Phone = ReturnType<BrowserPreview['phone']>;

const toMine = (phone: Phone): Promise<void> => phone.locator('.tab-bar__tab').nth(1).click();

browserTest(
  'scanned and let in; signed out everywhere on the phone, the page notices',
  async () => {
    const { web, a, code, webSessions } = await openWebPage();
    await signIn(a);
    await toMine(a);
    await tap(a, 'scan');
    await a.locator('.approve').waitFor();
    expect(await a.locator('.who .site').innerText()).toBe('小店');
    expect(await a.locator('.code-card .code').innerText()).toBe(code);
    await tap(a, 'approve');
    await a.locator('.result').waitFor();
    await web.locator('#session').waitFor();
    expect(await webSessions()).toMatchObject([{ state: 'active', client: { name: '小店' } }]);

    await tap(a, 'done');
    await tap(a, 'mine-sign-out');
    await a.getByText('退出所有设备').click();
    await a.getByRole('button', { name: '退出', exact: true }).last().click();
    await eventually(async () => (await webSessions()).every(({ state }) => state === 'revoked'));
    await web.locator('#actions button').first().click();
    await web.locator('#session').waitFor({ state: 'hidden' });
  },
);

browserTest('typed by somebody who is not signed in, who signs in and goes on', async () => {
  const { web, a, code, webSessions } = await openWebPage();
  await toMine(a);
  await tap(a, 'type-code');
  await a.locator('.code-field input').fill(code.toLowerCase().replace('-', ' '));
  await tap(a, 'code-next');
  await agreeAndSignIn(a);
  await tap(a, 'approve');
  await web.locator('#session').waitFor();
  expect(await webSessions()).toHaveLength(1);
});

browserTest('denied, and told so', async () => {
  const { web, a, webSessions } = await openWebPage();
  await signIn(a);
  await toMine(a);
  await tap(a, 'scan');
  await a.locator('.deny').waitFor();
  await tap(a, 'deny');
  await web.getByText('你已在手机上拒绝登录').waitFor();
  expect(await webSessions()).toEqual([]);
});

browserTest('a check that is answered late takes nothing off the page', async () => {
  const { web, a } = await openWebPage();
  await signIn(a);
  await toMine(a);
  await tap(a, 'scan');
  await tap(a, 'approve');
  await web.locator('#session').waitFor();

  let answerCheck = (): void => undefined;
  const { page } = preview as BrowserPreview;
  await page.route('**/v1/session', async (route) => {
    await new Promise<void>((resolve) => (answerCheck = resolve));
    await route.continue();
  });
  const late = page.waitForResponse('**/v1/session');
  await web.locator('[data-action="checkNow"]').click();
  await web.locator('[data-action="signOut"]').click();
  await web.locator('[data-action="signIn"]').click();
  await web.locator('#qr svg').waitFor();
  answerCheck();
  await (await late).finished();
  await page.unroute('**/v1/session');
  // Time for what was answered to be drawn.
  await web.locator('#left').evaluate(() => new Promise(requestAnimationFrame));
  expect(await web.locator('#qr svg').isVisible()).toBe(true);
});

browserTest('signed in on one tab, another gives up the code that it shows', async () => {
  const { a } = await openWebPage();
  const { page } = preview as BrowserPreview;
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: '/web/#other' }));
  });
  const other = page.frameLocator('iframe[src$="#other"]');
  await other.getByRole('button', { name: '用手机登录' }).click();
  await other.locator('#qr svg').waitFor();
  await signIn(a);
  await toMine(a);
  await tap(a, 'scan');
  await tap(a, 'approve');
  await other.locator('#session').waitFor();
  await other.locator('[data-action="signOut"]').click();
  await other.locator('[data-action="signIn"]').click();
  await other.locator('#qr svg').waitFor();
});
