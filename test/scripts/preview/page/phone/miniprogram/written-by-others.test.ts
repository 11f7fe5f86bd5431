/** @jest-environment jsdom */
/** What public mini programs do and WeChat runs. */
import { afterAll, afterEach, expect, jest, test } from '@jest/globals';
import { removeMiniprograms } from '../../../../../support/miniprogram-folder';
import { calling, closePhones, openSmall, said } from '../../../../../support/small-phone';

afterEach(() => {
  jest.restoreAllMocks();
  closePhones();
});
afterAll(removeMiniprograms);

test('a script of a subpackage that fails is no error before its page is opened', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const phone = await openSmall(
    calling("wx.navigateTo({ url: '/shop/list' })", {
      'app.json': { pages: ['pages/home/index'], subPackages: [{ root: 'shop', pages: ['list'] }] },
      'shop/list.js': 'Page({}); throw new Error("not yet")',
      'shop/list.wxml': '<view class="list"/>',
    }),
  );
  expect(phone.errors()).toEqual([]);
  await phone.tap('go');
  expect([phone.errors(), phone.has('list')]).toEqual([['not yet'], true]);
});

test('scripts share `global`', async () => {
  const phone = await openSmall(
    calling('global.shared', { 'app.js': 'global.shared = 1; App({})' }),
  );
  await phone.tap('go');
  expect(said(phone)).toBe(1);
});

test('a property whose type is a list takes any value', async () => {
  const phone = await openSmall({
    'pages/home/index.json': { usingComponents: { card: '/card' } },
    'pages/home/index.wxml': '<card back="{{true}}"/><card back="text"/><card/>',
    'card.js': 'Component({ properties: { back: { type: [Boolean, String], default: false } } })',
    'card.json': { component: true },
    'card.wxml': '<view class="card">{{back === true}} {{back}}</view>',
  });
  expect(phone.all('card').map(({ textContent }) => textContent)).toEqual([
    'true true',
    'false text',
    expect.stringMatching(/^false/),
  ]);
});

test('a tag that nobody has defined shows what is in it, and is noted once', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const phone = await openSmall({
    'pages/home/index.wxml': '<a><text class="in">in</text></a><a/><loading hidden/>',
  });
  expect(phone.text('in')).toBe('in');
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^\[pages\/home\/index\] <a>: no element/)],
    [expect.stringMatching(/^\[pages\/home\/index\] <loading>: no element/)],
  ]);
});

test('a server of the internet that nobody catches is noted, and no error', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const phone = await openSmall({
    'pages/home/index.js':
      "Page({ async onLoad() { await wx.request({ url: 'https://a.example' }) } })",
  });
  await phone.until(() => warn.mock.calls.length > 0);
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^\[onLoad of pages\/home\/index\] request:fail the preview has no/)],
  ]);
  expect(phone.errors()).toEqual([]);
});

const VIRTUAL = {
  'pages/home/index.json': { usingComponents: { card: '/card' } },
  'card.js': `Component({
    options: { virtualHost: true },
    methods: {
      go() {
        this.createSelectorQuery().select('.box').boundingClientRect()
          .exec(([box]) => this.setData({ out: String(box && box.width) }));
      },
    },
  })`,
  'card.json': { component: true },
  'card.wxml': '<view class="box" bindtap="go">{{out}}</view>',
};

test('a component without an element of its own measures what is in it', async () => {
  const phone = await openSmall({ ...VIRTUAL, 'pages/home/index.wxml': '<card/>' });
  await phone.tap('box');
  await phone.until(() => phone.text('box') === '0');
});

test('and has no place itself', async () => {
  const phone = await openSmall(
    calling(
      "new Promise((done) => wx.createSelectorQuery().select('.card').boundingClientRect().exec(done))",
      {
        ...VIRTUAL,
        'pages/home/index.wxml':
          '<card class="card"/><view class="go" bindtap="go"/><view class="out">{{out}}</view>',
      },
    ),
  );
  await phone.tap('go');
  await phone.until(() => said(phone) !== undefined);
  expect(said(phone)).toEqual([null]);
});

const TABS = {
  'app.json': {
    pages: ['pages/home/index', 'pages/me/index', 'pages/other/index'],
    tabBar: {
      custom: true,
      list: [
        { pagePath: 'pages/home/index', text: 'Home' },
        { pagePath: 'pages/me/index', text: 'Me' },
      ],
    },
  },
  'custom-tab-bar/index.json': { component: true },
  'custom-tab-bar/index.js': `Component({
    data: { active: '' },
    methods: { go() { wx.switchTab({ url: '/pages/me/index' }) } },
  })`,
  'custom-tab-bar/index.wxml': '<view class="bar" bindtap="go">bar {{active}}</view>',
  'pages/home/index.json': { usingComponents: { inner: '/inner' } },
  'pages/home/index.js': "Page({ onShow() { this.getTabBar().setData({ active: 'home' }) } })",
  'pages/home/index.wxml': '<inner/>',
  'inner.json': { component: true },
  'inner.js':
    "Component({ methods: { go() { this.getTabBar((bar) => bar.setData({ active: 'inner' })) } } })",
  'inner.wxml': '<view class="inner" bindtap="go"/>',
  'pages/me/index.js': "Page({ onShow() { this.getTabBar().setData({ active: 'me' }) } })",
  'pages/me/index.wxml': '<navigator class="other" url="/pages/other/index"/>',
  'pages/other/index.js': 'Page({ onShow() { this.setData({ bar: typeof this.getTabBar() }) } })',
  'pages/other/index.wxml': '<view class="seen">{{bar}}</view>',
};

test('a tab bar of the mini program’s own is on every tab, and known to its page', async () => {
  const phone = await openSmall(TABS);
  expect(phone.text('bar')).toBe('bar home');
  await phone.tap('inner');
  expect(phone.text('bar')).toBe('bar inner');
  await phone.tap('bar');
  expect([phone.path, phone.text('bar')]).toEqual(['pages/me/index', 'bar me']);
  await phone.tap('other');
  expect([phone.text('seen'), phone.has('bar')]).toEqual(['undefined', false]);
});

/** What each tab is marked with; `undefined`: the bar is hidden. */
function tabMarks(): (string | undefined)[] | undefined {
  const bar = document.querySelector<HTMLElement>('.screen__tab-bar');
  if (bar === null || bar.hidden) return undefined;
  return [...bar.children].map((tab) => tab.querySelector('.tab-bar__badge')?.textContent);
}

test.each<[string, ReturnType<typeof tabMarks>]>([
  ['wx.setTabBarBadge({ index: 1, text: "12" })', [undefined, '12']],
  ['wx.setTabBarBadge({ index: 1, text: "12345" })', [undefined, '...']],
  ['wx.showTabBarRedDot({ index: 0 })', ['', undefined]],
  [
    '[wx.setTabBarBadge({ index: 1, text: "1" }), wx.removeTabBarBadge({ index: 1 })]',
    [undefined, undefined],
  ],
  [
    '[wx.showTabBarRedDot({ index: 0 }), wx.hideTabBarRedDot({ index: 0 })]',
    [undefined, undefined],
  ],
  ['wx.hideTabBar()', undefined],
  ['[wx.hideTabBar(), wx.showTabBar()]', [undefined, undefined]],
  ['wx.setTabBarBadge({ index: 2, text: "1" }).catch(() => 0)', [undefined, undefined]],
])('%s marks the tabs', async (code, expected) => {
  const phone = await openSmall(
    calling(code, {
      'app.json': {
        pages: ['pages/home/index', 'pages/me/index'],
        tabBar: { list: TABS['app.json'].tabBar.list },
      },
      'pages/me/index.js': 'Page({})',
      'pages/me/index.wxml': '<view/>',
    }),
  );
  await phone.tap('go');
  expect(tabMarks()).toEqual(expected);
});
