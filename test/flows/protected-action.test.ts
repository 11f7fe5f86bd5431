/** Something needs a session at the moment it is used, in a real browser. */
import { afterEach, beforeEach, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { agreeAndSignIn, signIn, tap, textOf } from '../support/mini-program-page';

let preview: BrowserPreview | undefined;

beforeEach(() => {
  preview = undefined;
});
afterEach(() => preview?.close());

browserTest('what a person wrote before they signed in is saved once they have', async () => {
  preview = await openPreview();
  const { cloud, phone, errors } = preview;
  const a = phone('A');
  await a.locator('textarea').fill('买牛奶');
  await tap(a, 'save');
  await a.locator('.sheet').waitFor();
  expect(await a.locator('.agree').getAttribute('aria-checked')).toBe('false');

  await tap(a, 'sheet-sign-in');
  expect(await textOf(a, 'sheet-message')).toContain('请先阅读并勾选');
  expect(await cloud.documents('sessions')).toEqual([]);

  await agreeAndSignIn(a);
  await a.locator('.status', { hasText: '已保存' }).waitFor();
  expect(await cloud.documents('notes')).toMatchObject([{ text: '买牛奶' }]);
  expect(await a.locator('textarea').inputValue()).toBe('买牛奶');
  expect(await a.locator('.sheet').count()).toBe(0);
  expect(errors).toEqual([]);
});

browserTest('a person who declines keeps reading, and keeps what they wrote', async () => {
  preview = await openPreview();
  const { cloud, phone } = preview;
  const a = phone('A');
  await a.locator('textarea').fill('draft');
  await tap(a, 'save');
  await tap(a, 'sheet-decline');
  await a.locator('.status', { hasText: '登录后才能保存' }).waitFor();
  expect(await a.locator('textarea').inputValue()).toBe('draft');
  expect(await cloud.documents('sessions')).toEqual([]);
});

browserTest(
  'a save that meets the end of the session is carried out after signing in again',
  async () => {
    preview = await openPreview();
    const { cloud, phone } = preview;
    const [a, b] = [phone('A'), phone('B')];
    await signIn(a);
    await signIn(b);
    await a.locator('textarea').fill('written on A');
    await tap(a, 'save');
    await a.locator('.sheet').waitFor();
    expect(await textOf(a, 'sheet-message')).toContain('Xiaomi 14');
    await agreeAndSignIn(a);
    await a.locator('.status', { hasText: '已保存' }).waitFor();
    expect(await cloud.documents('notes')).toMatchObject([{ text: 'written on A' }]);
  },
);
