/** The preview follows what is written: in a browser, on a mini program that is changed under it. */
import { afterAll, afterEach, beforeEach, describe, expect } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { removeMiniprograms, writeMiniprogram } from '../support/miniprogram-folder';

const FILES = {
  'app.json': { pages: ['pages/home/index', 'pages/detail/index'] },
  'app.wxss': '.title { color: rgb(1, 2, 3) }',
  'pages/home/index.wxml': '<button class="open" bindtap="open">open</button>',
  'pages/home/index.js': `Page({
    onLoad() { wx.setStorageSync('starts', (wx.getStorageSync('starts') || 0) + 1) },
    open() { wx.navigateTo({ url: '/pages/detail/index?id=7&name=%E5%9B%BE' }) },
  })`,
  'pages/detail/index.wxml': '<view class="title">{{text}}</view><view class="said">before</view>',
  'pages/detail/index.js': `Page({
    data: { text: '' },
    onLoad({ id, name }) {
      this.setData({ text: id + name + ' start ' + wx.getStorageSync('starts') });
    },
  })`,
};
const DETAIL = 'pages/detail/index';
const KEPT = '7%E5%9B%BE start';

let miniprogramDir: string;
let preview: BrowserPreview;

const write = (file: string, content: string): void => {
  writeFileSync(join(miniprogramDir, file), content);
};
const inPhone = (name: 'A' | 'B', className: string) =>
  preview.phone(name).locator(`.page-frame:not([hidden]) [data-class~="${className}"]`);
const text = (name: 'A' | 'B', className: string, hasText: string) =>
  inPhone(name, className).filter({ hasText }).waitFor();
const problems = () => preview.page.locator('.problems');
const open = async (): Promise<void> => {
  preview = await openPreview({}, {}, { miniprogramDir, collections: [] });
  for (const name of ['A', 'B'] as const) {
    await inPhone(name, 'open').click();
    await text(name, 'title', `${KEPT} 1`);
  }
};

beforeEach(() => {
  miniprogramDir = writeMiniprogram(FILES);
});
afterEach(() => preview.close());
afterAll(removeMiniprograms);

describe('what was written', () => {
  browserTest('comes to both phones, which keep their storage and their pages', async () => {
    await open();
    await preview.page.locator('.toggle input').first().check();
    write(`${DETAIL}.wxml`, '<view class="title">{{text}}</view><view class="said">after</view>');
    await preview.refresh();
    for (const name of ['A', 'B'] as const) {
      await text(name, 'said', 'after');
      await text(name, 'title', `${KEPT} 2`);
    }
    // As it was before: offline, and with a page below.
    await preview
      .phone('A')
      .locator('.status-bar__network .visually-hidden')
      .waitFor({ state: 'attached' });
    await preview.phone('A').getByRole('button', { name: '返回' }).click();
    await inPhone('A', 'open').waitFor();
    expect(preview.errors).toEqual([]);
  });

  browserTest('as a style is taken by a phone as it runs', async () => {
    await open();
    const title = inPhone('A', 'title');
    const color = () => title.evaluate((element) => getComputedStyle(element).color);
    expect(await color()).toBe('rgb(1, 2, 3)');
    await title.evaluate(() => Object.assign(window, { same: true }));
    write('app.wxss', '.title { color: rgb(4, 5, 6) }');
    await preview.refresh();
    await title.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          const look = (): void => {
            if (getComputedStyle(element).color === 'rgb(4, 5, 6)') resolve();
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    expect(await title.evaluate(() => 'same' in window)).toBe(true);
    await text('A', 'title', `${KEPT} 1`);
    expect(preview.errors).toEqual([]);
  });

  browserTest('and does not compile is said with its place, until it does', async () => {
    await open();
    write(`${DETAIL}.js`, `Page({\n  onLoad() { let a = ; },\n})`);
    await expect(preview.refresh()).rejects.toMatchObject({ name: 'MiniprogramCompileError' });
    await problems()
      .locator('.problem__place', { hasText: `${DETAIL}.js:2:` })
      .waitFor();
    // A page that is opened by now.
    await preview.page.reload();
    await problems()
      .locator('.problem__place', { hasText: `${DETAIL}.js:2:` })
      .waitFor();
    await inPhone('A', 'open').click();
    await text('A', 'said', 'before');

    write(`${DETAIL}.js`, FILES[`${DETAIL}.js`]);
    write(`${DETAIL}.wxml`, '<view class="title">{{text}}</view><view class="said">mended</view>');
    await preview.refresh();
    await text('A', 'said', 'mended');
    await problems().waitFor({ state: 'hidden' });
    expect(preview.errors).toEqual([]);
  });
});
