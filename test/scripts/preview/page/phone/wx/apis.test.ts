/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { call, openSmall, said, quietPhones } from '../../../../../support/small-phone';

quietPhones();

describe('pictures', () => {
  test('of the samples are chosen, as temporary files', async () => {
    const phone = await call('wx.chooseImage({ count: 1 })');
    await phone.press('示例图片 2');
    expect(said(phone)).toEqual({
      errMsg: 'chooseImage:ok',
      tempFilePaths: ['http://tmp/1.svg'],
      tempFiles: [{ path: 'http://tmp/1.svg', size: expect.any(Number) }],
    });
    expect(phone.overlay).toBe('');
  });

  test('several at once, and no more than the page wants', async () => {
    const phone = await call('wx.chooseImage({ count: 3 })');
    await phone.press('选择多张示例图片');
    expect(said(phone)).toMatchObject({ tempFilePaths: { length: 3 } });
  });

  test.each(['chooseImage', 'chooseMedia'])('%s fails when nothing is chosen', async (name) => {
    const phone = await call(`wx.${name}({})`);
    await phone.press('取消');
    expect(said(phone)).toEqual({ thrown: `${name}:fail cancel` });
  });

  test('are seen one after the other', async () => {
    const phone = await call('wx.previewImage({ urls: ["/a.png", "/b.png"], current: "/b.png" })');
    const source = (): string | null | undefined =>
      document.querySelector('.picture-viewer img')?.getAttribute('src');
    const press = (key: string): void => {
      document
        .querySelector('.picture-viewer')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key }));
    };
    expect(said(phone)).toEqual({ errMsg: 'previewImage:ok' });
    expect([source(), phone.overlay]).toEqual(['miniprogram/b.png', '2/2']);
    press('ArrowLeft');
    expect(source()).toBe('miniprogram/a.png');
    press('Escape');
    expect(phone.overlay).toBe('');
  });

  test('are read and written as files', async () => {
    const phone = await call(`(async () => {
      const fs = wx.getFileSystemManager(), path = wx.env.USER_DATA_PATH + '/a/b.txt';
      fs.writeFileSync(path, '中文', 'utf8');
      const { data } = await new Promise((success) => fs.readFile({ filePath: path, encoding: 'utf8', success }));
      return [data, fs.readFileSync(path, 'base64'), fs.readdirSync(wx.env.USER_DATA_PATH)];
    })()`);
    expect(said(phone)).toEqual(['中文', '5Lit5paH', ['a']]);
  });

  test('that are not there fail as in WeChat', async () => {
    const phone = await call(`wx.getFileSystemManager().readFileSync('http://tmp/none')`);
    expect(said(phone)).toEqual({
      thrown: "readFileSync:fail no such file or directory, open 'http://tmp/none'",
    });
  });
});

describe('permissions', () => {
  test('are asked for once, listed, and may be changed', async () => {
    const phone = await call('wx.getLocation()');
    expect(phone.overlay).toContain('获取你的位置信息');
    await phone.press('不允许');
    expect(said(phone)).toEqual({ thrown: 'getLocation:fail auth deny' });
    const setting = await call(`(async () => {
      await wx.authorize({ scope: 'scope.record' }).catch(() => 0);
      return [(await wx.getSetting()).authSetting, (await wx.openSetting()).authSetting];
    })()`);
    await setting.press('不允许');
    const box = document.querySelector('.sheet input');
    if (box instanceof HTMLInputElement) box.click();
    await setting.press('完成');
    expect(said(setting)).toEqual([{ 'scope.record': false }, { 'scope.record': true }]);
  });

  test('of templates for messages are given one by one', async () => {
    const phone = await call(`wx.requestSubscribeMessage({ tmplIds: ['a', 'b'] })`);
    const [first] = document.querySelectorAll<HTMLInputElement>('.sheet input');
    first?.click();
    await phone.press('允许');
    expect(said(phone)).toEqual({ a: 'reject', b: 'accept', errMsg: 'requestSubscribeMessage:ok' });
  });

  test('of more templates than three are refused', async () => {
    const phone = await call(`wx.requestSubscribeMessage({ tmplIds: ['a', 'b', 'c', 'd'] })`);
    expect(said(phone)).toEqual({
      thrown: 'requestSubscribeMessage:fail The number of templates is beyond the limit',
    });
  });
});

describe('what is around the page', () => {
  test('the bar takes a title, colours and a sign that something loads', async () => {
    const phone = await call(`Promise.all([
      wx.setNavigationBarTitle({ title: 'T' }),
      wx.setNavigationBarColor({ frontColor: '#ffffff', backgroundColor: '#123456' }),
      wx.showNavigationBarLoading(),
    ])`);
    const screen = document.querySelector('.screen');
    expect(phone.title).toBe('T');
    expect(screen instanceof HTMLElement && screen.style.getPropertyValue('--bar-color')).toBe(
      '#123456',
    );
    expect(document.querySelector('.navigation-bar__title--loading')).not.toBeNull();
  });

  test('a wrong colour is refused', async () => {
    const phone = await call(
      `wx.setNavigationBarColor({ frontColor: 'red', backgroundColor: '#000000' })`,
    );
    expect(said(phone)).toEqual({
      thrown: 'setNavigationBarColor:fail invalid frontColor: it should be #ffffff or #000000',
    });
  });

  test('a dialog takes text', async () => {
    const phone = await call(`wx.showModal({ title: 'Name', editable: true, content: 'a' })`);
    const field = document.querySelector('.modal textarea');
    if (field instanceof HTMLTextAreaElement) field.value += 'b';
    await phone.press('确定');
    expect(said(phone)).toEqual({
      errMsg: 'showModal:ok',
      confirm: true,
      cancel: false,
      content: 'ab',
    });
  });

  test('what is copied can be pasted, and is said to be copied', async () => {
    const phone = await call(
      `wx.setClipboardData({ data: 'x' }).then(() => wx.getClipboardData())`,
    );
    expect(said(phone)).toEqual({ errMsg: 'getClipboardData:ok', data: 'x' });
    expect(phone.overlay).toBe('内容已复制');
  });

  test('a phone number is called when the person agrees', async () => {
    const phone = await call(`wx.makePhoneCall({ phoneNumber: '10086' })`);
    expect(phone.overlay).toContain('10086');
    await phone.press('取消');
    expect(said(phone)).toEqual({ thrown: 'makePhoneCall:fail cancel' });
  });
});

describe('sharing', () => {
  const shared = {
    'pages/home/index.wxml':
      '<button class="share" open-type="share" data-n="7"/><view class="hide" bindtap="hide"/>',
    'pages/home/index.js': `Page({
      onShareAppMessage({ from, target }) { return { title: from + (target ? target.dataset.n : ''), path: '/pages/home/index?x=1' } },
      hide() { wx.hideShareMenu() },
    })`,
  };

  test('by a button shows what a friend would see', async () => {
    const phone = await openSmall(shared);
    await phone.tap('share');
    expect(phone.overlay).toContain('button7/pages/home/index?x=1');
    await phone.press('发送');
    expect(phone.overlay).toBe('');
  });

  test('by the menu, unless the page hides that', async () => {
    const phone = await openSmall(shared);
    await phone.press('更多');
    await phone.press('转发给朋友');
    expect(phone.overlay).toContain('menu');
    await phone.press('取消');
    await phone.tap('hide');
    await phone.press('更多');
    expect(phone.overlay).not.toContain('转发给朋友');
  });
});

describe('refreshing', () => {
  const page = {
    'pages/home/index.json': { enablePullDownRefresh: true },
    'pages/home/index.wxml':
      '<view class="n">{{n}}</view><view class="go" bindtap="go"/><view class="stop" bindtap="stop"/>',
    'pages/home/index.js': `Page({ data: { n: 0 }, onPullDownRefresh() { this.setData({ n: this.data.n + 1 }) },
      go() { wx.startPullDownRefresh() }, stop() { wx.stopPullDownRefresh() } })`,
  };
  const drag = (from: HTMLElement, way: number): void => {
    const at = (clientY: number) => ({ clientX: 10, clientY, bubbles: true, cancelable: true });
    from.dispatchEvent(new MouseEvent('mousedown', at(10)));
    window.dispatchEvent(new MouseEvent('mousemove', at(10 + way)));
    window.dispatchEvent(new MouseEvent('mouseup', at(10 + way)));
  };
  const isRefreshing = (): boolean =>
    document.querySelector('.pull-down[data-refreshing]') !== null;

  test('by pulling the page down', async () => {
    const phone = await openSmall(page);
    drag(phone.find('n'), 60);
    expect(isRefreshing()).toBe(false);
    drag(phone.find('n'), 160);
    await phone.until(() => phone.text('n') === '1');
    expect(isRefreshing()).toBe(true);
    await phone.tap('stop');
    expect(isRefreshing()).toBe(false);
  });

  test('by the page itself, though the person may not', async () => {
    const phone = await openSmall({ ...page, 'pages/home/index.json': {} });
    drag(phone.find('n'), 160);
    expect([phone.text('n'), isRefreshing()]).toEqual(['0', false]);
    await phone.tap('go');
    expect([phone.text('n'), isRefreshing()]).toEqual(['1', true]);
  });
});

test('a page hears that it is scrolled, and once that its end is near', async () => {
  const phone = await openSmall({
    'pages/home/index.json': { onReachBottomDistance: 100 },
    'pages/home/index.wxml': '<view class="out">{{out}}</view>',
    'pages/home/index.js': `Page({ data: { out: '' }, add(x) { this.setData({ out: this.data.out + x }) },
      onPageScroll({ scrollTop }) { this.add(scrollTop + ' ') }, onReachBottom() { this.add('end ') } })`,
  });
  const scroller = document.querySelector('.page-frame__scroller');
  if (!(scroller instanceof HTMLElement)) throw new Error('no page');
  Object.defineProperties(scroller, {
    scrollHeight: { value: 1000 },
    clientHeight: { value: 500 },
  });
  for (const top of [300, 400, 450, 100, 420]) {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event('scroll'));
  }
  await phone.until(() => phone.text('out') !== '');
  expect(phone.text('out')).toBe('300 400 end 450 100 420 end');
});

describe('looking for elements', () => {
  const files = {
    'pages/home/index.json': { usingComponents: { card: '/card' } },
    'pages/home/index.wxml':
      '<view class="box" id="b" data-n="1" style="color: red"/><view class="box"/><card class="card"/><view class="go" bindtap="go"/><view class="out">{{out}}</view>',
    'card.json': { component: true },
    'card.wxml': '<view class="box" id="inner"/>',
    'card.js': 'Component({})',
  };
  const script = (code: string): string =>
    `Page({ data: { out: '' }, go() { const say = (v) => this.setData({ out: JSON.stringify(v) }); ${code} } })`;

  test.each([
    [
      `wx.createSelectorQuery().select('#b').fields({ id: true, dataset: true, size: true, computedStyle: ['color'] }, say).exec()`,
      { id: 'b', dataset: { n: 1 }, width: 0, height: 0, color: 'rgb(255, 0, 0)' },
    ],
    [
      `this.createSelectorQuery().selectAll('.box').boundingClientRect().exec(([found]) => say(found.length))`,
      2,
    ],
    [
      `wx.createSelectorQuery().in(this.selectComponent('.card')).select('.box').boundingClientRect(({ id }) => say(id)).exec()`,
      'inner',
    ],
    [
      `wx.createSelectorQuery().select('.none').boundingClientRect().selectViewport().scrollOffset().exec(say)`,
      [null, { id: '', dataset: {}, scrollTop: 0, scrollLeft: 0, scrollWidth: 0, scrollHeight: 0 }],
    ],
  ])('%s', async (code, expected) => {
    const dataset = JSON.stringify(expected).replace('"n":1', '"n":"1"');
    const phone = await openSmall({ ...files, 'pages/home/index.js': script(code) });
    await phone.tap('go');
    await phone.until(() => phone.text('out') !== '');
    expect(JSON.parse(phone.text('out'))).toEqual(JSON.parse(dataset));
  });
});

test('an animation is exported step by step, and emptied', async () => {
  const phone = await call(`(() => {
    const animation = wx.createAnimation({ duration: 100 });
    animation.opacity(0).translate(10, '5rpx').step({ delay: 7 }).rotate(90).step();
    return [animation.export().actions, animation.export().actions];
  })()`);
  const timing = { durationMs: 100, timing: 'linear', origin: '50% 50% 0' };
  const first = { opacity: '0', transform: 'translate(10px,5rpx)' };
  expect(said(phone)).toEqual([
    [
      { ...timing, delayMs: 7, styles: first },
      {
        ...timing,
        delayMs: 0,
        styles: { ...first, transform: 'translate(10px,5rpx) rotate(90deg)' },
      },
    ],
    [],
  ]);
});

describe('requests', () => {
  test('to the internet fail, and say why', async () => {
    const phone = await call(`wx.request({ url: 'https://example.com/a' })`);
    expect(said(phone)).toEqual({
      thrown:
        'request:fail the preview has no internet, only the local cloud: https://example.com/a',
    });
  });

  test.each(['downloadFile', 'uploadFile'])('%s too', async (name) => {
    const phone = await call(`wx.${name}({ url: 'https://example.com/a' })`);
    expect(said(phone)).toEqual({
      thrown: expect.stringMatching(`^${name}:fail the preview has no`),
    });
  });
});

test.each<[string, unknown]>([
  [
    'wx.getUserProfile({ desc: "x" })',
    { errMsg: 'getUserProfile:ok', userInfo: { nickName: '微信用户' } },
  ],
  [
    'wx.getSystemInfoSync()',
    { platform: 'ios', windowWidth: expect.any(Number), SDKVersion: '3.0.0' },
  ],
  ['wx.getSystemInfo()', { errMsg: 'getSystemInfo:ok', brand: 'iPhone' }],
  ['wx.getMenuButtonBoundingClientRect()', { width: 87, height: 32, top: 26, bottom: 58 }],
  ['wx.checkSession()', { errMsg: 'checkSession:ok' }],
  ['new Promise((done) => wx.getUpdateManager().onCheckForUpdate(done))', { hasUpdate: false }],
  ['wx.vibrateShort({ type: "light" })', { errMsg: 'vibrateShort:ok' }],
  ['wx.reportEvent("x", {}) || {}', {}],
])('%s', async (code, expected) => {
  const phone = await call(code);
  expect(said(phone)).toMatchObject(expected as object);
});

test('nothing was fetched before a mini program began', async () => {
  expect(said(await call('wx.getBackgroundFetchData({ fetchType: "pre" })'))).toEqual({
    thrown: expect.stringMatching(/^getBackgroundFetchData:fail /),
  });
});
