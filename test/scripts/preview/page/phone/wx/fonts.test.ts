/** `wx.loadFontFace` in a browser: jsdom has no fonts. */
import { afterAll, afterEach, expect } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../../../scripts/project/root';
import { browserTest, openPreview, type BrowserPreview } from '../../../../../support/browser';
import { removeMiniprograms, writeMiniprogram } from '../../../../../support/miniprogram-folder';

let preview: BrowserPreview | undefined;

afterEach(() => preview?.close());
afterAll(removeMiniprograms);

/** Some font: that of the icons of Playwright's recorder. */
function someFont(): string {
  const folder = join(root, 'node_modules/playwright-core/lib/vite/recorder/assets');
  const file = readdirSync(folder).find((name) => name.endsWith('.ttf'));
  if (file === undefined) throw new Error(`no font in ${folder}`);
  return `data:font/ttf;base64,${readFileSync(join(folder, file)).toString('base64')}`;
}

browserTest('a font is loaded, and one that is none fails', async () => {
  const load = (name: string, family: string, url: string): string => `${name}() {
    const say = (value) => this.setData({ ${name}: JSON.stringify(value) });
    wx.loadFontFace({
      family: '${family}', source: 'url("${url}")', desc: { weight: 'bold' }, global: true, success: say, fail: say,
    });
  }`;
  const bad = 'data:font/ttf;base64,AAAA';
  const miniprogramDir = writeMiniprogram({
    'pages/home/index.wxml':
      '<view class="good" bindtap="good">good {{good}}</view><view class="bad" bindtap="bad">bad {{bad}}</view>',
    'pages/home/index.js': `Page({ ${load('good', 'Some Icons', someFont())}, ${load('bad', 'None', bad)} })`,
  });
  preview = await openPreview({}, {}, { miniprogramDir });
  const phone = preview.phone('A');

  await phone.locator('[data-class~="good"]').click();
  await phone.getByText('good {"errMsg":"loadFontFace:ok","status":"loaded"}').waitFor();
  expect(
    await phone
      .locator('html')
      .evaluate(() => [...document.fonts].map(({ family, weight }) => `${family} ${weight}`)),
  ).toEqual([expect.stringMatching(/^"?Some Icons"? (bold|700)$/)]);

  await phone.locator('[data-class~="bad"]').click();
  const failed = phone.getByText('bad {');
  await failed.waitFor();
  expect(await failed.innerText()).toMatch(/"errMsg":"loadFontFace:fail .*"status":"error"/);
});
