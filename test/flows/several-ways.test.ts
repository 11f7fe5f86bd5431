/** One account by a phone number, by WeChat and by a password, on two phones in a real browser. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import { browserTest, openPreview } from '../support/browser';
import { builtMiniProgram } from '../support/built-mini-program';
import { tap, textOf } from '../support/mini-program-page';

const METHODS = ['wechat', 'phone', 'password'];
const PASSWORD = 'a long tea party';

let built: Awaited<ReturnType<typeof builtMiniProgram>>;

beforeAll(async () => {
  built = await builtMiniProgram(METHODS);
});
afterAll(() => built.remove());

const press = (phone: FrameLocator, label: string): Promise<void> =>
  phone
    .locator('button:visible')
    .filter({ hasText: new RegExp(`^${label}$`) })
    .last()
    .click();

async function openMine(phone: FrameLocator): Promise<void> {
  await phone.getByText('我的', { exact: true }).last().click();
  await phone.locator('.profile:visible').waitFor();
}

async function typePassword(phone: FrameLocator): Promise<void> {
  await phone.locator('.sheet-name:visible input').fill('Lin');
  await phone.locator('.sheet-password:visible input').fill(PASSWORD);
  await tap(phone, 'sheet-password-sign-in');
}

browserTest(
  'who signs in by a phone number sets a password, which opens the account on another WeChat until it is unlinked',
  async () => {
    const { cloud, phone, errors, close } = await openPreview(
      { SIGN_IN_METHODS: METHODS.join(), IDENTITY_KEY: 'k'.repeat(43) },
      {},
      { miniprogramDir: built.dir },
    );
    const [a, b] = [phone('A'), phone('B')];

    await openMine(a);
    await tap(a, 'profile');
    await tap(a, 'agree');
    await tap(a, 'sheet-phone');
    await tap(a, 'privacy-agree');
    await press(a, '允许');
    await tap(a, 'security');
    await a.locator('.way-name:visible').nth(1).waitFor();
    expect(await a.locator('.way-name:visible').allInnerTexts()).toEqual([
      expect.stringMatching(/^微信/),
      expect.stringMatching(/^手机号 \d{3}\*{4}\d{4}$/),
    ]);

    await tap(a, 'set-password');
    await a.locator('.field:visible input').nth(0).fill('lin');
    await a.locator('.field:visible input').nth(1).fill('12345678');
    await tap(a, 'password-save');
    await a.locator('.password-message:visible').waitFor();
    expect(await textOf(a, 'password-message')).toContain('密码过于常见');
    await a.locator('.field:visible input').nth(1).fill(PASSWORD);
    await tap(a, 'password-save');
    await a.locator('.way-name:visible').nth(2).waitFor();

    await openMine(b);
    await tap(b, 'profile');
    await tap(b, 'agree');
    await tap(b, 'sheet-more');
    await typePassword(b);
    await tap(b, 'security');
    await b.locator('.way-name:visible').nth(2).waitFor();
    expect(await textOf(b, 'badge')).toBe('当前登录');

    // Unlinking needs a sign-in of the last ten minutes: it goes on by itself after one.
    await cloud.control({ advanceClockMs: 11 * 60_000 });
    await b.locator('.unlink:visible').nth(2).click();
    await press(b, '解除绑定');
    await typePassword(b);
    await b.locator('.security-sign-in:visible').waitFor();
    expect(await cloud.documents('identities')).toHaveLength(2);
    expect(errors).toEqual([]);
    await close();
  },
);
