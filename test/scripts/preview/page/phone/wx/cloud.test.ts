/** @jest-environment jsdom */
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import type { TempFile } from '#preview/testing';
import type { MiniprogramBundle } from '../../../../../../scripts/preview/bundle/bundle';
import { compileBundle } from '../../../../../support/compile-bundle';
import {
  memoryStore,
  openPhone,
  type OpenPhoneOptions,
  type TestPhone,
} from '../../../../../support/phone';
import {
  removeMiniprograms,
  writeMiniprogram,
  type Files,
} from '../../../../../support/miniprogram-folder';

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

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
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

/** A mini program whose page has these methods and shows `outcome`. */
const withMethods = (methods: string, more: Files = {}): Promise<MiniprogramBundle> =>
  compileBundle(
    writeMiniprogram({
      'app.js': `App({ onLaunch() { wx.cloud.init() } })`,
      'pages/home/index.wxml': '<view class="go" bindtap="go">{{outcome}}</view>',
      'pages/home/index.js': `Page({ ${methods} })`,
      ...more,
    }),
  );

describe('wx.cloud.database', () => {
  const askFor = (titles: string[]) => {
    const asked: object[] = [];
    return {
      asked,
      database: (action: string, data: object) => {
        asked.push({ action, ...data });
        const list = titles.map((title) => JSON.stringify({ _id: title, title }));
        return Promise.resolve({ data: { list } });
      },
    };
  };

  test('at the top of a page, as most mini programs have it, and in onLoad', async () => {
    const { asked, database } = askFor(['A', 'B']);
    const phone = open({
      database,
      bundle: await withMethods('', {
        'pages/home/index.js': `const db = wx.cloud.database()
          const _ = db.command
          const books = db.collection('books')
          Page({
            async onLoad() {
              const { data } = await books.where({ n: _.gt(1) }).get();
              this.setData({ outcome: data.map(({ title }) => title).join() });
            },
          })`,
      }),
    });
    await phone.until(() => phone.text('go') !== '');
    expect(phone.text('go')).toBe('A,B');
    expect(asked).toMatchObject([{ action: 'database.getDocument', collectionName: 'books' }]);
  });

  test('calls back, and an error in a callback is reported', async () => {
    const { database } = askFor([]);
    const phone = open({
      database,
      bundle: await withMethods(
        `go() { wx.cloud.database().collection('books').get({ success: () => { throw new Error('of the page') } }) }`,
      ),
    });
    await phone.tap('go');
    await phone.until(() => phone.errors().includes('of the page'));
  });

  test('fails while the phone is offline', async () => {
    const { asked, database } = askFor([]);
    const phone = open({
      database,
      online: false,
      bundle: await withMethods(
        `async go() { try { await wx.cloud.database().collection('books').get() } catch ({ errCode, errMsg }) { this.setData({ outcome: errCode + ' ' + errMsg }) } }`,
      ),
    });
    await phone.tap('go');
    expect(phone.text('go')).toBe('-1 collection.get:fail request:fail the network is offline');
    expect(asked).toEqual([]);
  });

  test('is not there before wx.cloud.init, which is said, and the page is there to be seen', async () => {
    const phone = open({
      bundle: await withMethods('', {
        'app.js': 'App({})',
        'pages/home/index.wxml': '<view class="title">My books</view>',
        'pages/home/index.js': 'const db = wx.cloud.database(); Page({})',
      }),
    });
    expect(phone.errors()).toEqual(["Cloud API isn't enabled, please call wx.cloud.init first"]);
    expect(phone.text('title')).toBe('My books');
  });
});

describe('what wx.cloud lacks', () => {
  test.each([
    [
      'at the top of a page',
      'const ai = wx.cloud.extend.AI; ai.createModel(); Page({ data: { n: 1 } })',
    ],
    ['in onLoad', 'Page({ onLoad() { wx.cloud.extend.AI.createModel() } })'],
    ['in a definition that is none', 'Page(wx.cloud.extend())'],
  ])('is named, and the page is there to be seen: %s', async (_where, script) => {
    const phone = open({
      bundle: await withMethods('', {
        'pages/home/index.wxml': '<view class="title">My books</view>',
        'pages/home/index.js': script,
      }),
    });
    expect(phone.errors()).toEqual([
      expect.stringMatching(/^wx\.cloud\.extend\S* is not part of the preview/),
    ]);
    expect(phone.text('title')).toBe('My books');
  });

  test('may be looked for and kept, and is named when it is called', async () => {
    const phone = open({
      bundle: await withMethods('', {
        'pages/home/index.wxml': '<view class="title" bindtap="go">{{has}}</view>',
        'pages/home/index.js':
          'const { AI } = wx.cloud.extend; Page({ data: { has: Boolean(AI && wx.cloud.callContainer) }, go() { AI.createModel() } })',
      }),
    });
    expect([phone.text('title'), phone.errors()]).toEqual(['true', []]);
    await phone.tap('title');
    expect(phone.errors()).toEqual([
      expect.stringMatching(/^wx\.cloud\.extend\.AI\.createModel is not part of the preview/),
    ]);
  });

  test('in app.js: the pages are there to be seen', async () => {
    const phone = open({
      bundle: await withMethods('', {
        'app.js': 'wx.cloud.extend(); App({})',
        'pages/home/index.wxml': '<view class="title">My books</view>',
      }),
    });
    expect(phone.errors()).toEqual([expect.stringMatching(/^wx\.cloud\.extend is not part/)]);
    expect(phone.text('title')).toBe('My books');
  });
});

describe('files', () => {
  const run = `async go() {
    try { this.setData({ outcome: JSON.stringify(await this.ask()) }) }
    catch ({ errCode, errMsg }) { this.setData({ outcome: errCode + ' ' + errMsg }) }
  },`;

  test('are downloaded to a path of the phone', async () => {
    const files = new Map<string, TempFile>([
      ['cloud://a/b.png', { type: 'image/png', content: new Uint8Array([1]) }],
    ]);
    const bundle = await withMethods(
      `${run} ask: () => wx.cloud.downloadFile({ fileID: 'cloud://a/b.png' })`,
    );
    const phone = open({ files, bundle });
    await phone.tap('go');
    await phone.until(() => phone.text('go') !== '');
    expect(JSON.parse(phone.text('go'))).toEqual({
      tempFilePath: expect.stringMatching(/^http:\/\/tmp\/.*png$/),
      statusCode: 200,
      errMsg: 'cloud.downloadFile:ok',
    });
    files.clear();
    await phone.tap('go');
    await phone.until(() => phone.text('go').startsWith('-503003'));
    expect(phone.text('go')).toMatch(/^-503003 cloud\.downloadFile:fail .*storage file not exists/);
  });

  test.each(['getTempFileURL', 'deleteFile'])('%s asks the cloud', async (api) => {
    const bundle = await withMethods(`${run} ask: () => wx.cloud.${api}({ fileList: ['a'] })`);
    const phone = open({ bundle });
    await phone.tap('go');
    await phone.until(() => phone.text('go') !== '');
    expect(JSON.parse(phone.text('go'))).toEqual({
      fileList: ['a'],
      asked: api,
      errMsg: `cloud.${api}:ok`,
    });
  });
});

test('a CloudID in the data of a call is marked for the cloud', async () => {
  const bundle = await withMethods(
    `async go() { const { result } = await wx.cloud.callFunction({ name: 'a', data: { phone: wx.cloud.CloudID('id') } }); this.setData({ outcome: JSON.stringify(result) }) }`,
  );
  const phone = open({ bundle, cloud: (_name, data) => Promise.resolve(data) });
  await phone.tap('go');
  await phone.until(() => phone.text('go') !== '');
  expect(JSON.parse(phone.text('go'))).toEqual({ phone: { $cloudID: 'id' } });
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
