/** @jest-environment jsdom */
/** What libraries of components and of JavaScript do that public mini programs use. */
import { expect, test } from '@jest/globals';
import { call, calling, openSmall, quietPhones, said } from '../../../../../support/small-phone';

quietPhones();

test.each(['dataset', 'shadowRoot', 'parentNode', 'tagName', 'ownerShadowRoot', 'setData'])(
  'a component whose property is called %s',
  async (name) => {
    const phone = await openSmall({
      'pages/home/index.json': { usingComponents: { card: '/card' } },
      'pages/home/index.wxml': `<card ${name}="given"/><view class="after">after</view>`,
      'card.js': `Component({ properties: { ${name}: String } })`,
      'card.json': { component: true },
      'card.wxml': `<view class="in">{{${name}}}</view>`,
    });
    expect([phone.text('in'), phone.text('after')]).toEqual(['given', 'after']);
  },
);

test.each(["Function('return this')()", "new Function('return this;')()"])(
  '%s is where the global names are, and no browser',
  async (made) => {
    const phone = await call(
      `[${made}.Object === Object, ${made}.Function === Function, ${made}.Date === Date, typeof ${made}.setTimeout, typeof ${made}.document, (() => 0) instanceof Function]`,
    );
    expect(said(phone)).toEqual([true, true, true, 'function', 'undefined', true]);
  },
);

test.each(['request', 'uploadFile', 'downloadFile'])(
  'wx.%s answers a task, by which it is given up',
  async (api) => {
    const phone = await call(`new Promise((resolve) => {
      const told = [];
      const task = wx.${api}({ url: '/never', filePath: 'a', name: 'a', fail: ({ errMsg }) => told.push(errMsg), complete: () => resolve(told) });
      task.onHeadersReceived(() => 0);
      task.abort();
    })`);
    expect(said(phone)).toEqual([`${api}:fail abort`]);
  },
);

test('wx.request without a callback is a promise and a task', async () => {
  const phone = await call(
    `(() => { const task = wx.request({ url: '/never' }); task.abort(); return task })()`,
  );
  expect(said(phone)).toEqual({ thrown: 'request:fail abort' });
});

test('wx.getSystemInfo has called back when it returns', async () => {
  const phone = await call(
    `(() => { let told = []; wx.getSystemInfo({ success: ({ errMsg }) => told.push(errMsg), complete: () => told.push('complete') }); return told })()`,
  );
  expect(said(phone)).toEqual(['getSystemInfo:ok', 'complete']);
});

test('an abstract node is what it is given, or its default', async () => {
  const component = (name: string): object => ({
    [`${name}.js`]:
      "Component({ properties: { of: String }, methods: { tell() { this.triggerEvent('told') } } })",
    [`${name}.json`]: { component: true },
    [`${name}.wxml`]: `<view class="${name}" bindtap="tell">${name} {{of}}</view>`,
  });
  const phone = await openSmall({
    'pages/home/index.json': { usingComponents: { list: '/list/list', given: '/given' } },
    'pages/home/index.wxml': '<list generic:item="given"/><list/>',
    'list/list.js': "Component({ methods: { heard() { this.setData({ heard: 'heard' }) } } })",
    'list/list.json': {
      component: true,
      componentGenerics: { item: { default: '../plain' }, other: true },
    },
    'list/list.wxml': '<item of="list" bind:told="heard"/><view class="heard">{{heard}}</view>',
    ...component('given'),
    ...component('plain'),
  });
  expect([phone.text('given'), phone.text('plain')]).toEqual(['given list', 'plain list']);
  await phone.tap('plain');
  expect(phone.all('heard').map(({ textContent }) => textContent)).toEqual(['', 'heard']);
});

test('an observer that is named and not there is none, and one of a behavior is called', async () => {
  const phone = await openSmall({
    'pages/home/index.json': { usingComponents: { card: '/card' } },
    'pages/home/index.wxml': '<card size="{{2}}" kind="{{2}}"/>',
    'card.js': `Component({
      behaviors: [Behavior({ methods: { kindIs(now, before) { this.setData({ seen: [before, now] }) } } })],
      properties: { size: { type: Number, observer: 'none' }, kind: { type: Number, observer: 'kindIs' } },
    })`,
    'card.json': { component: true },
    'card.wxml': '<view class="seen">{{seen}}</view>',
  });
  expect(phone.text('seen')).toBe('0,2');
});

test('a query that is begun before there is a page is answered when there is one', async () => {
  const phone = await openSmall(
    calling('this.found', {
      'app.js': `App({
        onLaunch() {
          this.asked = wx.createSelectorQuery();
        },
      })`,
      'pages/home/index.js': `Page({
        onLoad() {
          getApp().asked.select('.out').fields({ id: true }, (found) => this.setData({ out: JSON.stringify(found) })).exec();
        },
        go() {},
      })`,
    }),
  );
  await phone.until(() => phone.text('out') !== '');
  expect(said(phone)).toEqual({ id: '' });
});
