/** @jest-environment jsdom */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MiniprogramBundle } from '../../../../../../scripts/preview/bundle/bundle';
import { compileBundle } from '../../../../../support/compile-bundle';
import {
  memoryStore,
  openPhone,
  type OpenPhoneOptions,
  type TestPhone,
} from '../../../../../support/phone';
import { removeMiniprograms, writeMiniprogram } from '../../../../../support/miniprogram-folder';

let bundle: MiniprogramBundle;

beforeAll(async () => {
  bundle = await compileBundle(
    writeMiniprogram({
      'app.js': `App({ onLaunch() { wx.cloud.init({ env: 'test' }) } })`,
      'pages/home/index.wxml':
        '<view class="call" bindtap="call">{{outcome}}</view><view class="keep" bindtap="keep">{{kept}}</view>',
      'pages/home/index.js': `Page({
      data: { kept: wx.getStorageSync('kept') },
      async call() {
        try {
          const { result } = await wx.cloud.callFunction({ name: 'echo', data: { n: 1, gone: undefined } });
          this.setData({ outcome: JSON.stringify(result) });
        } catch ({ errCode, errMsg }) {
          this.setData({ outcome: errCode + ' ' + errMsg });
        }
      },
      keep() { wx.setStorageSync('kept', { by: 'me' }); this.setData({ kept: wx.getStorageSync('kept').by }) },
    })`,
    }),
  );
});

const phones: TestPhone[] = [];

const open = (options: Partial<OpenPhoneOptions>): TestPhone => {
  const phone = openPhone({ bundle, ...options });
  phones.push(phone);
  return phone;
};

afterEach(() => {
  for (const phone of phones.splice(0)) phone.close();
});

afterAll(removeMiniprograms);

describe('wx.cloud.callFunction', () => {
  test('hands over data as JSON and answers the result', async () => {
    const phone = open({ cloud: (name, data) => Promise.resolve({ name, data }) });
    await phone.tap('call');
    expect(JSON.parse(phone.text('call'))).toEqual({ name: 'echo', data: { n: 1 } });
  });

  test('rejects in WeChat’s shape while the phone is offline, and the cloud hears nothing', async () => {
    let calls = 0;
    const cloud = () => Promise.resolve(++calls);
    const phone = open({ cloud, online: false });
    await phone.tap('call');
    expect(phone.text('call')).toMatch(/^-1 cloud\.callFunction:fail /);
    expect(calls).toBe(0);
    phone.environment.online = true;
    await phone.tap('call');
    expect(phone.text('call')).toBe('1');
  });

  test('rejects when the network goes while a call is under way, whatever the cloud did', async () => {
    const cloud = (_: string, __: unknown, signal: AbortSignal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('cut off'));
        });
      });
    const phone = open({ cloud });
    await phone.tap('call');
    phone.environment.online = false;
    await phone.until(() => phone.text('call') !== '');
    expect(phone.text('call')).toMatch(/^-1 cloud\.callFunction:fail .*cut off/);
  });

  test('rejects with the cloud’s own code when it has one', async () => {
    const refusal = Object.assign(new Error(), { errCode: -504002, errMsg: 'function failed' });
    const phone = open({ cloud: () => Promise.reject(refusal) });
    await phone.tap('call');
    expect(phone.text('call')).toMatch(/^-504002 cloud\.callFunction:fail .*function failed/);
  });

  test('is not there before wx.cloud.init', async () => {
    const bare = await compileBundle(
      writeMiniprogram({
        'pages/home/index.wxml': '<view class="call" bindtap="call">{{outcome}}</view>',
        'pages/home/index.js': `Page({ call() { wx.cloud.callFunction({ name: 'a', fail: ({ errMsg }) => this.setData({ outcome: errMsg }) }) } })`,
      }),
    );
    const phone = open({ bundle: bare, cloud: () => Promise.resolve(1) });
    await phone.tap('call');
    expect(phone.text('call')).toMatch(/wx\.cloud\.init/);
  });
});

describe('storage', () => {
  test('outlives the app and belongs to one account on one phone', async () => {
    const store = memoryStore();
    const first = open({ store });
    expect(first.text('keep')).toBe('');
    await first.tap('keep');
    first.close();
    expect(store.keys()).toEqual(['kept']);
    expect(open({ store }).text('keep')).toBe('[object Object]');
    expect(open({ store: memoryStore() }).text('keep')).toBe('');
  });

  test('two phones in one document do not hear each other’s taps', async () => {
    const [first, second] = [open({}), open({})];
    await first.tap('keep');
    expect([first.text('keep'), second.text('keep')]).toEqual(['me', '']);
  });
});
