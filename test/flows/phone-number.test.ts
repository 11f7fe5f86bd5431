/** A mini program that asks for phone numbers, and a function that gets them: in a browser. */
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { openFixtureCloud, type FixtureCloud } from '../support/fixture-functions';
import { removeMiniprograms, writeMiniprogram } from '../support/miniprogram-folder';

const FUNCTION = `
const cloud = require('wx-server-sdk');
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
exports.main = async ({ code }) => {
  try {
    const { phoneInfo } = await cloud.openapi.phonenumber.getPhoneNumber({ code });
    return { said: phoneInfo.phoneNumber };
  } catch ({ errCode }) {
    return { said: String(errCode) };
  }
};`;

const PAGE = `Page({
  data: { said: '' },
  async got({ detail }) {
    if (detail.code === undefined) return this.setData({ said: detail.errMsg });
    const { result } = await wx.cloud.callFunction({ name: 'number', data: { code: detail.code } });
    this.setData({ said: result.said });
  },
})`;

let functions: FixtureCloud;
let preview: BrowserPreview;

beforeAll(async () => {
  const config = { permissions: { openapi: ['phonenumber.getPhoneNumber'] } };
  functions = await openFixtureCloud({ number: { code: FUNCTION, config } });
});
afterEach(() => preview.close());
afterAll(async () => {
  removeMiniprograms();
  await functions.close();
});

const folders = new Map<string, string>();

async function open(signInMethods: readonly string[]): Promise<void> {
  const config = `exports.signInMethods = ${JSON.stringify(signInMethods)}`;
  const miniprogramDir =
    folders.get(config) ??
    writeMiniprogram({
      'app.js': `App({ onLaunch() { wx.cloud.init() } })`,
      'config.js': config,
      'pages/home/index.wxml': `<view class="said">{{said}}</view>
        <button class="ask" open-type="getPhoneNumber" bindgetphonenumber="got">ask</button>`,
      'pages/home/index.js': PAGE,
    });
  folders.set(config, miniprogramDir);
  preview = await openPreview(
    {},
    {},
    { miniprogramDir, functionsDir: functions.functionsDir, collections: [] },
  );
}

const ask = (name: 'A' | 'B') => preview.phone(name).locator('[data-class~="ask"]').click();
const allow = (name: 'A' | 'B') =>
  preview.phone(name).locator('.number-sheet__button--allow').click();
const said = (name: 'A' | 'B', text: string) =>
  preview.phone(name).locator('[data-class~="said"]', { hasText: text }).waitFor();
const control = (at: number) => preview.page.locator('.phone-controls__number').nth(at);

describe('the number of a person', () => {
  browserTest('in the panel is the one that the function gets', async () => {
    await open(['wechat', 'phone']);
    const shown = (await control(0).locator('output').textContent()) ?? '';
    expect(shown).toMatch(/^1\d{10}$/);
    await ask('A');
    await allow('A');
    await said('A', shown);
    const call = preview.page.locator('.call[data-function="number"]');
    await call.locator('.operation', { hasText: 'phonenumber.getPhoneNumber ok' }).waitFor();
    expect(preview.errors).toEqual([]);
  });

  browserTest('follows the person, and two people can give the same one', async () => {
    await open(['wechat', 'phone']);
    const own = await control(0).locator('output').textContent();
    const zhou = preview.page.locator('input[type="radio"][value="zhou"]').nth(1);
    await zhou.evaluate((radio: HTMLInputElement) => radio.click());
    expect(await control(1).locator('output').textContent()).not.toBe(own);
    for (const phone of ['A', 'B'] as const) {
      await preview.phone(phone).locator('[data-class~="ask"]').waitFor();
      await ask(phone);
      await preview
        .phone(phone)
        .locator('.number-sheet__number', { hasText: '138****8000' })
        .click();
      await allow(phone);
      await said(phone, '13800138000');
    }
    expect(preview.errors).toEqual([]);
  });

  browserTest('is refused as the panel says, on that phone, also after a reload', async () => {
    await open(['wechat', 'phone']);
    await control(0).locator('select').selectOption('usedCode');
    await ask('A');
    await allow('A');
    await said('A', '40029');
    await control(1).locator('select').selectOption('declined');
    await ask('B');
    await said('B', 'getPhoneNumber:fail user deny');
    await preview.page.reload();
    expect(await control(0).locator('select').inputValue()).toBe('usedCode');
    await ask('B');
    await said('B', 'getPhoneNumber:fail user deny');
    expect(preview.errors).toEqual([]);
  });

  browserTest('is in the panel only where the mini program asks for it', async () => {
    await open(['wechat', 'password']);
    await preview.page.locator('.phone-controls').first().waitFor();
    expect(await preview.page.locator('.phone-controls__number').count()).toBe(0);
    expect(await preview.page.locator('.block--more:visible').count()).toBe(0);
  });
});
