/** @jest-environment jsdom */
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { compileBundle } from '../../../../support/compile-bundle';
import { openPhone, type OpenPhoneOptions, type TestPhone } from '../../../../support/phone';
import {
  removeMiniprograms,
  writeMiniprogram,
  type Files,
} from '../../../../support/miniprogram-folder';

const phones: TestPhone[] = [];

const open = async (files: Files, options: Partial<OpenPhoneOptions> = {}): Promise<TestPhone> => {
  const bundle = await compileBundle(writeMiniprogram(files));
  const phone = openPhone({ bundle, ...options });
  phones.push(phone);
  return phone;
};

/** A mini program of one page. */
const page = (wxml: string, script: string, more: Files = {}): Files => ({
  'pages/home/index.wxml': wxml,
  'pages/home/index.js': script,
  ...more,
});

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const phone of phones.splice(0)) phone.close();
});

afterAll(removeMiniprograms);

describe('lifetimes', () => {
  test('come in the order of WeChat', async () => {
    const log = (name: string): string => `getApp().log.push('${name}')`;
    const phone = await open({
      'app.js': `App({ log: [], onLaunch() { this.log.push('launch') }, onShow() { this.log.push('app show') }, onHide() { this.log.push('app hide') } })`,
      'pages/home/index.json': { usingComponents: { card: '/card' } },
      'pages/home/index.wxml': '<card/><view class="log">{{log}}</view>',
      'pages/home/index.js': `Component({
        data: { log: '' },
        lifetimes: { attached() { ${log('page attached')} }, ready() { ${log('page ready')} } },
        methods: { onLoad() { ${log('load')} }, onShow() { ${log('show')}; this.setData({ log: getApp().log.join() }) },
          onReady() { ${log('on ready')} }, onHide() { ${log('hide')} } },
      })`,
      'card.json': { component: true },
      'card.wxml': '<view/>',
      'card.js': `Component({ lifetimes: { attached() { ${log('card attached')} }, ready() { ${log('card ready')} } } })`,
    });
    await phone.until(() => true);
    phone.hide();
    phone.show();
    expect(phone.text('log').split(',')).toEqual([
      ...['launch', 'app show', 'page attached', 'card attached', 'load', 'show'],
      ...['card ready', 'page ready', 'on ready'],
      ...['hide', 'app hide', 'app show', 'show'],
    ]);
  });
});

describe('scripts', () => {
  test('share one instance of a module, whichever page requires it', async () => {
    const counting = (name: string): string =>
      `const counter = require('../../counter'); Page({ data: { n: 0 }, onLoad() { this.setData({ n: ++counter.n }) }, go() { wx.navigateTo({ url: '/pages/${name}/index' }) } })`;
    const wxml = '<view class="n">{{n}}</view><button class="go" bindtap="go"/>';
    const phone = await open({
      'app.json': { pages: ['pages/home/index', 'pages/second/index'] },
      'counter.js': 'exports.n = 0',
      'pages/home/index.js': counting('second'),
      'pages/home/index.wxml': wxml,
      'pages/second/index.js': counting('home'),
      'pages/second/index.wxml': wxml,
    });
    expect(phone.text('n')).toBe('1');
    await phone.tap('go');
    expect([phone.path, phone.text('n')]).toEqual(['pages/second/index', '2']);
  });

  test.each(['document', 'fetch', 'localStorage', 'crypto'])(
    'do not find the browser’s %s, which WeChat lacks',
    async (name) => {
      const phone = await open(
        page('<view class="type">{{type}}</view>', `Page({ data: { type: typeof ${name} } })`),
      );
      expect(phone.text('type')).toBe('undefined');
    },
  );

  test.each(['wx.getWeRunData()', 'wx.cloud.callContainer()'])(
    '%s, which the preview lacks, is an error that is seen',
    async (call) => {
      const phone = await open(
        page('<view class="go" bindtap="go"/>', `Page({ go() { ${call} } })`),
      );
      await phone.tap('go');
      expect(phone.errors()).toEqual([expect.stringMatching(/is not part of the preview/)]);
    },
  );

  test('that throw, or reject later, are reported with the page they belong to', async () => {
    const phone = await open(
      page(
        '<view class="now" bindtap="now"/><view class="later" bindtap="later"/>',
        `Page({ now() { throw new Error('at once') }, async later() { throw new Error('later') } })`,
      ),
    );
    await phone.tap('now');
    await phone.tap('later');
    expect(phone.errors()).toEqual(['at once', 'later']);
    expect(console.error).toHaveBeenCalledWith('[pages/home/index]', expect.any(Error));
  });

  test('see the clock of the phone', async () => {
    const phone = await open(
      page(
        '<view class="at" bindtap="look">{{at}}</view>',
        `Page({ look() { this.setData({ at: [Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date].join() }) } })`,
      ),
    );
    const day = 86_400_000;
    const before = Date.now();
    phone.environment.clockOffsetMs = day;
    await phone.tap('at');
    const [now, made, given, isDate] = phone.text('at').split(',');
    expect(Number(now)).toBeGreaterThanOrEqual(before + day);
    expect(Number(made)).toBeGreaterThanOrEqual(before + day);
    expect([given, isDate]).toEqual(['5', 'true']);
  });
});

describe('elements', () => {
  test('a disabled button takes no tap, nor does what is around it get one', async () => {
    const phone = await open(
      page(
        '<view bindtap="tap"><button class="off" disabled bindtap="tap"/></view>',
        `Page({ tap() { throw new Error('tapped') } })`,
      ),
    );
    await phone.tap('off');
    expect(phone.find('off').getAttribute('aria-disabled')).toBe('true');
  });

  test('a password is not seen, unless the page shows it, and is no longer than it may be', async () => {
    const phone = await open(
      page(
        `<input class="secret" password="{{!shown}}" maxlength="{{limit}}" bindinput="typed"/>
         <view class="said">{{said}}</view><button class="show" bindtap="show"/>`,
        `Page({ data: { shown: false, limit: 128, said: '' }, show() { this.setData({ shown: true, limit: -1 }) },
          typed({ detail }) { this.setData({ said: detail.value + detail.cursor }) } })`,
      ),
    );
    const field = phone.find('secret').querySelector('input');
    expect([field?.type, field?.maxLength]).toEqual(['password', 128]);
    await phone.type('secret', 'open sesame');
    expect(phone.text('said')).toBe('open sesame11');
    await phone.tap('show');
    expect([field?.type, field?.maxLength, field?.value]).toEqual(['text', -1, 'open sesame']);
  });

  test('hidden and model: work on WeChat’s elements and on components', async () => {
    const phone = await open({
      ...page(
        '<input class="name" model:value="{{name}}"/><view class="said">{{name}}</view><card class="card" hidden="{{name === \'x\'}}" aria-label="{{name}}"/>',
        `Page({ data: { name: 'Lin' } })`,
      ),
      'pages/home/index.json': { usingComponents: { card: '/card' } },
      'card.json': { component: true },
      'card.wxml': '<view/>',
      'card.js': 'Component({})',
    });
    expect(phone.find('card').getAttribute('aria-label')).toBe('Lin');
    await phone.type('name', 'x');
    expect(phone.text('said')).toBe('x');
    expect(phone.find('card').hidden).toBe(true);
  });

  test('a form hands over the values of its fields, and a label reaches its checkbox', async () => {
    const phone = await open(
      page(
        `<form bindsubmit="submit"><input class="name" name="name"/><switch name="on" checked/>
        <checkbox-group name="agreed"><label class="agree"><checkbox value="terms"/>I agree</label></checkbox-group>
        <button class="go" form-type="submit">Go</button></form><view class="sent">{{sent}}</view>`,
        `Page({ submit(event) { this.setData({ sent: JSON.stringify(event.detail.value) }) } })`,
      ),
    );
    await phone.type('name', 'Lin');
    await phone.tap('agree');
    await phone.tap('go');
    expect(JSON.parse(phone.text('sent'))).toEqual({ name: 'Lin', on: true, agreed: ['terms'] });
  });

  test('catch stops an event, dataset and mark come along', async () => {
    const phone = await open(
      page(
        '<view bindtap="outer" mark:a="1"><view class="bound" data-id="7" bindtap="tap"/><view class="caught" catchtap="tap"/></view><view class="log">{{log}}</view>',
        `Page({ data: { log: '' }, tap(e) { this.setData({ log: this.data.log + 'tap' + (e.currentTarget.dataset.id || '') + e.mark.a + ' ' }) }, outer() { this.setData({ log: this.data.log + 'outer ' }) } })`,
      ),
    );
    await phone.tap('bound');
    await phone.tap('caught');
    expect(phone.text('log')).toBe('tap71 outer tap1');
  });
});

describe('pages', () => {
  const three: Files = {
    'app.json': {
      pages: ['pages/home/index', 'pages/me/index', 'pages/detail/index'],
      window: { navigationBarTitleText: 'App' },
      tabBar: {
        list: [
          { pagePath: 'pages/home/index', text: 'Home' },
          { pagePath: 'pages/me/index', text: 'Me' },
        ],
      },
    },
    'pages/home/index.wxml':
      '<input class="kept"/><navigator class="detail" url="../detail/index?id=7"/><navigator class="wrong" url="/pages/me/index"/>',
    'pages/me/index.js': 'Page({})',
    'pages/me/index.wxml': '<view class="me"/>',
    'pages/detail/index.json': { navigationBarTitleText: 'Detail' },
    'pages/detail/index.js': `Page({ onLoad(query) { this.setData({ id: query.id }) }, rename() { wx.setNavigationBarTitle({ title: 'Renamed' }) } })`,
    'pages/detail/index.wxml': '<view class="id" bindtap="rename">{{id}}</view>',
  };

  test('open with their query and title, and close with the back button', async () => {
    const phone = await open(three);
    await phone.tap('detail');
    expect([phone.path, phone.title, phone.text('id')]).toEqual([
      'pages/detail/index',
      'Detail',
      '7',
    ]);
    await phone.tap('id');
    expect(phone.title).toBe('Renamed');
    await phone.press('返回');
    expect([phone.path, phone.title]).toEqual(['pages/home/index', 'App']);
  });

  test('a tab keeps its state while another one is shown', async () => {
    const phone = await open(three);
    await phone.type('kept', 'still here');
    await phone.press('Me');
    expect(phone.has('me')).toBe(true);
    await phone.press('Home');
    expect(phone.find('kept').querySelector('input')?.value).toBe('still here');
  });

  test('a tab’s page cannot be navigated to, as in WeChat', async () => {
    const phone = await open(three);
    await phone.tap('wrong');
    expect(phone.errors()).toEqual(['can not navigateTo a tabbar page']);
  });
});

describe('dialogs', () => {
  test('a modal answers which button was pressed, in the phone’s language', async () => {
    const phone = await open(
      page(
        '<view class="ask" bindtap="ask">{{answer}}</view>',
        `Page({ async ask() { const { confirm, cancel } = await wx.showModal({ title: 'Sure?' }); this.setData({ answer: confirm + '/' + cancel }) } })`,
      ),
      { language: 'en' },
    );
    await phone.tap('ask');
    expect(phone.overlay).toContain('Sure?');
    await phone.press('Cancel');
    expect([phone.overlay, phone.text('ask')]).toEqual(['', 'false/true']);
  });

  test('a loading indicator stays until it is hidden', async () => {
    const phone = await open(
      page(
        '<view class="start" bindtap="start"/><view class="stop" bindtap="stop"/>',
        `Page({ start() { wx.showLoading({ title: 'Wait' }) }, stop() { wx.hideLoading() } })`,
      ),
    );
    await phone.tap('start');
    expect(phone.overlay).toBe('Wait');
    await phone.tap('stop');
    expect(phone.overlay).toBe('');
  });
});

describe('appearance', () => {
  test('a mini program without darkmode is told no theme', async () => {
    const files = page(
      '<view class="theme">{{theme}}</view>',
      'Page({ data: { theme: String(wx.getAppBaseInfo().theme) } })',
    );
    expect((await open(files, { theme: 'dark' })).text('theme')).toBe('undefined');
    const dark = { pages: ['pages/home/index'], darkmode: true };
    expect((await open({ ...files, 'app.json': dark }, { theme: 'dark' })).text('theme')).toBe(
      'dark',
    );
  });

  test('a change of theme is told to a page that listens, and to the app', async () => {
    const files = {
      ...page(
        '<view class="theme">{{theme}}</view><view class="app" bindtap="ask">{{app}}</view>',
        `Page({
          onLoad() { wx.onThemeChange(({ theme }) => this.setData({ theme })) },
          ask() { this.setData({ app: String(getApp().theme) }) },
        })`,
      ),
      'app.js': 'App({ onThemeChange({ theme }) { this.theme = theme } })',
    };
    const told = async (darkmode: boolean): Promise<string[]> => {
      const phone = await open({ ...files, 'app.json': { pages: ['pages/home/index'], darkmode } });
      phone.environment.theme = 'dark';
      await phone.tap('app');
      return [phone.text('theme'), phone.text('app')];
    };
    expect(await told(true)).toEqual(['dark', 'dark']);
    expect(await told(false)).toEqual(['', 'undefined']);
  });
});
