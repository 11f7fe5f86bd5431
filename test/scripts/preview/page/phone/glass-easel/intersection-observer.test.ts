/** What comes into sight on a page, in a real browser: jsdom lays nothing out. */
import { afterAll, afterEach, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../../../../../support/browser';
import { removeMiniprograms, writeMiniprogram } from '../../../../../support/miniprogram-folder';

let preview: BrowserPreview | undefined;

afterEach(() => preview?.close());
afterAll(removeMiniprograms);

browserTest('what is seen at first is told, and what is not when it comes into sight', async () => {
  const miniprogramDir = writeMiniprogram({
    'pages/home/index.wxml': `<view class="told">{{told}}</view>
      <view class="one" id="first" style="height: 100rpx"/>
      <view style="height: 3000rpx"/>
      <view class="one" id="last" style="height: 100rpx"/>
      <view class="go" bindtap="go" style="position: fixed; top: 0">go</view>`,
    'pages/home/index.js': `Page({
      data: { told: '' },
      onReady() {
        const tell = ({ id, intersectionRatio: ratio, relativeRect, boundingClientRect }) => {
          const { width, height, left } = boundingClientRect;
          const isPage = Math.abs(relativeRect.bottom - relativeRect.top - 20) < 4000 && relativeRect.left === 0;
          this.setData({ told: this.data.told + [id, ratio, Math.round(width / height), left, isPage] + ';' });
        };
        this.createIntersectionObserver({ observeAll: true }).relativeToViewport({ bottom: 20 }).observe('.one', tell);
        const gone = wx.createIntersectionObserver(this, { observeAll: true }).relativeTo('.none').observe('.one', tell);
      },
      go() { wx.pageScrollTo({ selector: '#last', duration: 0 }) },
    })`,
  });
  preview = await openPreview({}, {}, { miniprogramDir });
  const phone = preview.phone('A');
  await phone.locator('.told', { hasText: 'first' }).waitFor();
  await phone.locator('.go').click();
  await phone.locator('.told', { hasText: 'last' }).waitFor();
  const told = (await phone.locator('.told').innerText()).split(';');
  expect(told[0]).toBe('first,1,8,0,true');
  expect(told).toContain('last,1,8,0,true');
  // Out of sight at first, the last one was told only once it was seen.
  expect(told.filter((line) => line.startsWith('last'))).toEqual(['last,1,8,0,true']);
  expect(preview.errors).toEqual([]);
});
