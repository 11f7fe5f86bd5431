/** `this.animate` in a real browser: jsdom animates nothing. */
import { afterAll, afterEach, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../../../../../support/browser';
import { removeMiniprograms, writeMiniprogram } from '../../../../../support/miniprogram-folder';

let preview: BrowserPreview | undefined;

afterEach(() => preview?.close());
afterAll(removeMiniprograms);

browserTest('what is animated stays as it became, and is cleared, whole or in part', async () => {
  const miniprogramDir = writeMiniprogram({
    'pages/home/index.wxml':
      '<view class="box" style="width: 75rpx; height: 75rpx; opacity: .5">{{done}}</view><view class="go" bindtap="go">go</view><view class="some" bindtap="some">some</view><view class="all" bindtap="all">all</view>',
    'pages/home/index.js': `Page({
      data: { done: 'begun' },
      go() {
        this.animate('.box', [
          { opacity: 0, rotate: 0, width: '75rpx', ease: 'ease-in' },
          { opacity: 0.2, rotate: 45, width: '150rpx', offset: 0.9 },
          { opacity: 1, rotate: 90, translate: ['75rpx', 0], width: '375rpx' },
        ], 50, () => this.setData({ done: 'moved' }))
      },
      some() { this.clearAnimation('.box', { opacity: true }, () => this.setData({ done: 'some' })) },
      all() { this.clearAnimation('.box', () => this.setData({ done: 'all' })) },
    })`,
  });
  preview = await openPreview({}, {}, { miniprogramDir });
  const phone = preview.phone('A');
  const look = (): Promise<string[]> =>
    phone.locator('.box').evaluate((box) => {
      const { opacity, transform, width } = getComputedStyle(box);
      const share = Number.parseFloat(width) / document.documentElement.clientWidth;
      return [opacity, transform === 'none' ? transform : 'moved', share.toFixed(2)];
    });
  expect(await look()).toEqual(['0.5', 'none', '0.10']);
  await phone.locator('.go').click();
  await phone.getByText('moved').waitFor();
  expect(await look()).toEqual(['1', 'moved', '0.50']);
  await phone.locator('.some').click();
  await phone.locator('.box', { hasText: 'some' }).waitFor();
  expect(await look()).toEqual(['0.5', 'moved', '0.50']);
  await phone.locator('.all').click();
  await phone.locator('.box', { hasText: 'all' }).waitFor();
  expect(await look()).toEqual(['0.5', 'none', '0.10']);
  expect(preview.errors).toEqual([]);
});
