/** A person who may be signed in on several devices, in a real browser. */
import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { eventually } from '../support/eventually';
import { signIn, tap, textOf, UNTOLD } from '../support/mini-program-page';

let preview: BrowserPreview | undefined;

beforeEach(() => {
  preview = undefined;
});
afterEach(() => preview?.close());

const openMine = (phone: FrameLocator): Promise<void> =>
  phone.getByText('我的', { exact: true }).first().click();

describe.each(['wechat', 'qq'] as const)('in %s', (platform) => {
  async function signedInOnBoth() {
    preview = await openPreview({ SESSIONS_PER_USER: '3' }, { A: platform, B: platform });
    const [a, b] = [preview.phone('A'), preview.phone('B')];
    await signIn(a);
    await signIn(b);
    return { a, b, ...preview };
  }

  browserTest('a person sees their devices, ends one, and that one learns why', async () => {
    const { a, b, errors } = await signedInOnBoth();

    await openMine(b);
    await tap(b, 'devices');
    await b.locator('.device').nth(1).waitFor();
    expect(await b.locator('.device-name').allInnerTexts()).toEqual(['Xiaomi 14', 'iPhone 15']);
    expect(await b.locator('.badge').allInnerTexts()).toEqual(['本机']);

    await tap(b, 'end');
    await b.getByRole('button', { name: '退出', exact: true }).last().click();
    await b.locator('.device').nth(1).waitFor({ state: 'detached' });
    expect(await b.locator('.device-name').allInnerTexts()).toEqual(['Xiaomi 14']);

    await tap(a, 'refresh');
    await a.locator('.message').waitFor();
    expect(await textOf(a, 'message')).toMatch(
      platform === 'qq' ? UNTOLD : /你于 .* 在「Xiaomi 14」上退出了本机的登录/,
    );
    expect(errors).toEqual([]);
  });

  browserTest('signing out everywhere ends every device', async () => {
    const { a, b, cloud } = await signedInOnBoth();
    await openMine(a);
    await tap(a, 'mine-sign-out');
    await a.getByText('退出所有设备').click();
    await a.getByRole('button', { name: '退出', exact: true }).last().click();
    await a.locator('.profile-name', { hasText: '未登录' }).waitFor();
    await eventually(async () =>
      (await cloud.documents('sessions')).every(({ state }) => state !== 'active'),
    );
    await tap(b, 'refresh');
    await b.locator('.message').waitFor();
    expect(await textOf(b, 'message')).toMatch(platform === 'qq' ? UNTOLD : /iPhone 15/);
  });
});

browserTest('deleting the account leaves nothing, and is a clean start', async () => {
  preview = await openPreview();
  const { cloud, phone } = preview;
  const a = phone('A');
  await signIn(a);
  await a.locator('textarea').fill('mine');
  await tap(a, 'save');
  await a.locator('.status', { hasText: '已保存' }).waitFor();
  await openMine(a);
  await tap(a, 'delete');
  await a.getByRole('button', { name: '注销', exact: true }).last().click();
  await a.locator('.profile-name', { hasText: '未登录' }).waitFor();
  expect(await cloud.documents('sessions')).toEqual([]);
  expect(await cloud.documents('notes')).toEqual([]);
  await a.getByText('首页', { exact: true }).first().click();
  expect(await a.locator('textarea').inputValue()).toBe('');
  expect(await textOf(a, 'title')).toBe('未登录');
});

browserTest(
  'signing out without a network takes effect at once, and reaches the cloud later',
  async () => {
    preview = await openPreview();
    const { cloud, page, phone } = preview;
    const a = phone('A');
    await signIn(a);
    const offline = page.getByLabel('断网').first();
    await offline.check();
    await tap(a, 'sign-out');
    await a.locator('.sign-in').waitFor();
    expect(await textOf(a, 'title')).toBe('未登录');
    expect(await cloud.documents('sessions')).toHaveLength(1);

    await offline.uncheck();
    await eventually(async () => (await cloud.documents('sessions')).length === 0);
  },
);
