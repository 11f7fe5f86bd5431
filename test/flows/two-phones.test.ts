/** One person on two phones, in a real browser. */
import { afterEach, beforeEach, expect } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';

let preview: BrowserPreview | undefined;

beforeEach(() => {
  preview = undefined;
});
afterEach(() => preview?.close());

const text = (phone: FrameLocator, className: string): Promise<string> =>
  phone.locator(`.${className}`).first().innerText();

/** The phone is signed out at once; the cloud learns of it a moment later. */
async function cloudForgets(cloud: BrowserPreview['cloud']): Promise<void> {
  while ((await cloud.documents('sessions')).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

browserTest(
  'signing in on the second phone signs the first out, and signing out leaves both out',
  async () => {
    preview = await openPreview();
    const { cloud, phone, errors } = preview;
    const [a, b] = [phone('A'), phone('B')];
    await a.locator('.sign-in').waitFor();
    expect(await text(a, 'title')).toBe('未登录');
    expect(await a.locator('.article').count()).toBe(3);
    expect(await cloud.documents('sessions')).toEqual([]);

    await a.locator('.sign-in').click();
    await a.locator('.sign-out').waitFor();
    expect(await text(a, 'title')).toBe('已登录');
    expect(await text(a, 'row-device')).toBe('iPhone 15');

    const [document, ...others] = await cloud.documents('sessions');
    expect(others).toEqual([]);
    expect(document).toMatchObject({
      state: 'active',
      device: { name: 'iPhone 15', platform: 'ios' },
    });
    const storage = await preview.page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    const [, secret] = /[\w-]{43}\.([\w-]{43})/.exec(storage) ?? [];
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(document)).not.toContain(secret);
    expect(document?.['tokenHash']).toMatch(/^[\w-]{43}$/);

    await b.locator('.sign-in').click();
    await b.locator('.sign-out').waitFor();
    expect(await cloud.documents('sessions')).toMatchObject([{ device: { name: 'Xiaomi 14' } }]);
    expect(await text(a, 'title')).toBe('已登录');

    await a.locator('.refresh').click();
    await a.locator('.message').waitFor();
    expect(await text(a, 'title')).toBe('未登录');
    expect(await text(a, 'message')).toMatch(/你的账号于 \d+月\d+日 \d\d:\d\d 在「Xiaomi 14」登录/);

    await b.locator('.sign-out').click();
    await b.locator('.sign-in').waitFor();
    expect(await text(b, 'title')).toBe('未登录');
    expect(await b.locator('.message').count()).toBe(0);
    await cloudForgets(cloud);
    expect(errors).toEqual([]);
  },
);

browserTest('a phone keeps its session while the database is down, and says so', async () => {
  preview = await openPreview();
  const { cloud, phone } = preview;
  const a = phone('A');
  await a.locator('.sign-in').click();
  await a.locator('.sign-out').waitFor();
  await cloud.control({ fault: { kind: 'databaseDown' } });
  await a.locator('.refresh').click();
  await a.locator('.message').waitFor();
  expect(await text(a, 'message')).toBe('服务繁忙，请稍后重试。');
  expect(await text(a, 'title')).toBe('已登录');

  await cloud.control({ fault: null });
  await a.locator('.refresh').click();
  await a.locator('.message').waitFor({ state: 'detached' });
  expect(await text(a, 'title')).toBe('已登录');
});
