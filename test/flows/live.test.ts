/** The preview follows what is written: in a browser, on a mini program that is changed under it. */
import { afterAll, afterEach, beforeEach, describe, expect } from '@jest/globals';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { eventually } from '../support/eventually';
import { agreeAndSignIn, signIn, tap, textOf } from '../support/mini-program-page';
import { root } from '../../scripts/project/root';
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

describe('a phone that signs in while it changes', () => {
  browserTest('signs in on what was written, with one session', async () => {
    const dir = writeMiniprogram();
    cpSync(`${root}/dist/miniprogram`, dir, { recursive: true });
    preview = await openPreview({}, {}, { miniprogramDir: dir });
    const { cloud } = preview;
    const phone = preview.phone('A');
    await cloud.control({ fault: { kind: 'databaseLatency', ms: 4_000 } });
    await tap(phone, 'sign-in');
    await agreeAndSignIn(phone);
    await eventually(async () => (await cloud.callsUnderWay()) > 0);

    const page = join(dir, 'pages/home/index.wxml');
    writeFileSync(page, `${readFileSync(page, 'utf8')}<view class="said">after</view>`);
    await preview.refresh();
    await text('A', 'said', 'after');
    await cloud.control({ fault: null });
    // What was asked for comes to its end: nobody is left to hear of it, unless it came before.
    await eventually(async () => (await cloud.callsUnderWay()) === 0);
    await phone.locator('.sign-in:visible, .sign-out:visible').first().waitFor();
    if (await phone.locator('.sign-in:visible').first().isVisible()) await signIn(phone);
    expect(await textOf(phone, 'title')).toBe('已登录');
    expect(await cloud.documents('sessions')).toMatchObject([
      { state: 'active', device: { name: 'iPhone 15' } },
    ]);
    await tap(phone, 'refresh');
    expect(await textOf(phone, 'title')).toBe('已登录');
    expect(preview.errors).toEqual([]);
  });
});
