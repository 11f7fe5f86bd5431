/**
 * One person on two phones, in a real browser: in WeChat by `callFunction`, in QQ over HTTP through
 * the gateway.
 */
import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { eventually } from '../support/eventually';
import { signIn, tap, textOf, UNTOLD } from '../support/mini-program-page';

let preview: BrowserPreview | undefined;

beforeEach(() => {
  preview = undefined;
});
afterEach(() => preview?.close());

const called = (cloud: BrowserPreview['cloud'], name: string): Promise<void> =>
  eventually(async () => (await cloud.calls()).some((call) => call.function === name));

describe.each(['wechat', 'qq'] as const)('in %s', (platform) => {
  browserTest(
    'signing in on the second phone signs the first out, and signing out leaves both out',
    async () => {
      preview = await openPreview(undefined, { A: platform, B: platform });
      const { cloud, phone, errors } = preview;
      const [a, b] = [phone('A'), phone('B')];
      await a.locator('.sign-in').waitFor();
      expect(await textOf(a, 'title')).toBe('未登录');
      expect(await a.locator('.article').count()).toBe(3);
      expect(await cloud.documents('sessions')).toEqual([]);

      await signIn(a);
      expect(await textOf(a, 'title')).toBe('已登录');
      expect(await textOf(a, 'row-device')).toBe('iPhone 15');

      const [document, ...others] = await cloud.documents('sessions');
      expect(others).toEqual([]);
      expect(document).toMatchObject({
        state: 'active',
        device: { name: 'iPhone 15', platform: 'ios' },
      });
      const storage = await preview.page.evaluate(() =>
        JSON.stringify(Object.entries(localStorage)),
      );
      const [, secret] = /[\w-]{43}\.([\w-]{43})/.exec(storage) ?? [];
      expect(secret).toHaveLength(43);
      expect(JSON.stringify(document)).not.toContain(secret);
      expect(document?.['tokenHash']).toMatch(/^[\w-]{43}$/);

      // A call that is still under way would tell A already.
      if (platform === 'wechat') {
        await called(cloud, 'note');
      }
      await signIn(b);
      expect(await cloud.documents('sessions')).toMatchObject([{ device: { name: 'Xiaomi 14' } }]);
      expect(await textOf(a, 'title')).toBe('已登录');

      await tap(a, 'refresh');
      await a.locator('.message').waitFor();
      expect(await textOf(a, 'title')).toBe('未登录');
      expect(await textOf(a, 'message')).toMatch(
        platform === 'qq' ? UNTOLD : /你的账号于 \d+月\d+日 \d\d:\d\d 在「Xiaomi 14」登录/,
      );

      await tap(b, 'sign-out');
      await b.locator('.sign-in').waitFor();
      expect(await textOf(b, 'title')).toBe('未登录');
      expect(await b.locator('.message').count()).toBe(0);
      await eventually(async () => (await cloud.documents('sessions')).length === 0);
      expect(errors).toEqual([]);
    },
  );

  browserTest('a phone keeps its session while the database is down, and says so', async () => {
    preview = await openPreview(undefined, { A: platform, B: platform });
    const { cloud, phone } = preview;
    const a = phone('A');
    await signIn(a);
    await cloud.control({ fault: { kind: 'databaseDown' } });
    await tap(a, 'refresh');
    await a.locator('.message').waitFor();
    expect(await textOf(a, 'message')).toBe('服务繁忙，请稍后重试。');
    expect(await textOf(a, 'title')).toBe('已登录');

    await cloud.control({ fault: null });
    await tap(a, 'refresh');
    await a.locator('.message').waitFor({ state: 'detached' });
    expect(await textOf(a, 'title')).toBe('已登录');
  });
});
