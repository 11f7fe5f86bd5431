/** @jest-environment jsdom */
/** WXS that a template binds to events and to changes of properties. */
import { expect, test } from '@jest/globals';
import type { Files } from '../../../../../support/miniprogram-folder';
import { openSmall, quietPhones } from '../../../../../support/small-phone';
import type { TestPhone } from '../../../../../support/phone';

quietPhones();

/** A page on a component `card`, whose `.at` is bound to `w.on` and whose `.out` shows `out`. */
function card(wxs: string, more: Files = {}): Files {
  return {
    'pages/home/index.json': { usingComponents: { card: '/card' } },
    'pages/home/index.wxml':
      '<card kind="{{kind}}" bind:heard="heard"/><view class="go" bindtap="go"/><view class="page">{{heard}}</view>',
    'pages/home/index.js':
      'Page({ data: { kind: 1 }, go() { this.setData({ kind: 2 }) }, heard({ detail }) { this.setData({ heard: JSON.stringify(detail) }) } })',
    'card.js': `Component({
      properties: { kind: Number },
      methods: {
        told(value) { this.setData({ out: JSON.stringify(value) }) },
        method({ currentTarget }) { this.setData({ out: 'method ' + currentTarget.dataset.name }) },
      },
    })`,
    'card.json': { component: true },
    'card.wxml': `<wxs module="w">${wxs}</wxs>
      <view class="at big" style="color: red" data-name="Lin" bindtap="{{w.on}}"><text class="in">in</text></view>
      <view class="other" data-name="Mo" bindtap="{{w.none || 'method'}}"/>
      <view class="out">{{out}}</view>`,
    ...more,
  };
}

const tapped = async (wxs: string): Promise<TestPhone> => {
  const phone = await openSmall(
    card(`module.exports = { on: function (event, owner) { ${wxs} } }`),
  );
  await phone.tap('at');
  return phone;
};

test('it is given the event with its element, and calls a method of its component', async () => {
  const phone = await tapped(
    'owner.callMethod("told", [event.type, event.instance.getDataset().name, event.currentTarget.dataset.name, event.touches.length])',
  );
  expect(phone.text('out')).toBe('["tap","Lin","Lin",1]');
});

test('a style that it sets is above that of the template, and a class beside its classes', async () => {
  const phone = await tapped(
    'var at = owner.selectComponent(".at"); at.setStyle({ color: "blue", fontSize: "20rpx" }).addClass("now"); owner.callMethod("told", [at === event.instance, at.hasClass("now"), at.hasClass("big"), at.hasClass("small")])',
  );
  const at = phone.find('at');
  expect(at.getAttribute('style')).toMatch(/^color: red;+color:blue;font-size:2\.\d+vw$/);
  expect(at.dataset['class']).toBe('at big now');
  expect(phone.text('out')).toBe('[true,true,true,false]');
});

test('a class of the template is taken away', async () => {
  const phone = await tapped(
    'event.instance.removeClass("big").addClass("now").removeClass("now")',
  );
  expect(phone.find('at').dataset['class']).toBe('at');
});

test('what it keeps is kept for each component by itself', async () => {
  const phone = await openSmall(
    card(
      'module.exports = { on: function (event, owner) { var state = owner.getState(); state.times = (state.times || 0) + 1; owner.callMethod("told", state.times) } }',
      { 'pages/home/index.wxml': '<card/><card/>' },
    ),
  );
  await phone.tap('at');
  await phone.tap('at');
  expect(phone.all('out').map(({ textContent }) => textContent)).toEqual(['2', '']);
});

test('an event of its component goes to the page, and what is not there is none', async () => {
  const phone = await tapped(
    'owner.triggerEvent("heard", { none: owner.selectComponent(".none"), all: owner.selectAllComponents(".at, .out").length })',
  );
  expect(phone.text('page')).toBe('{"none":null,"all":2}');
});

test('by returning false it stops the event', async () => {
  const wxml = (answer: string): Files => ({
    'pages/home/index.wxml': `<wxs module="w">module.exports = { on: function () { return ${answer} } }</wxs>
        <view bindtap="heard"><view class="at" bindtap="{{w.on}}"/></view><view class="page">{{heard}}</view>`,
    'pages/home/index.js': 'Page({ heard() { this.setData({ heard: "heard" }) } })',
  });
  const stopped = await openSmall(wxml('false'));
  await stopped.tap('at');
  expect(stopped.text('page')).toBe('');
  const passed = await openSmall(wxml('true'));
  await passed.tap('at');
  expect(passed.text('page')).toBe('heard');
});

test('a change of a property is told with what was before, once the page shows it', async () => {
  const phone = await openSmall({
    'pages/home/index.wxml': `<wxs module="w">module.exports = { on: function (now, before, owner, at) {
        owner.callMethod("told", [now, before, at.hasClass("seen"), owner.selectComponent(".out") !== null])
      } }</wxs>
      <view class="seen" kind="{{kind}}" change:kind="{{w.on}}"/>
      <view class="go" bindtap="go"/>
      <view class="out">{{out}}</view>`,
    'pages/home/index.js': `Page({
      data: { kind: 1, out: [] },
      go() { this.setData({ kind: 2 }) },
      told(value) { this.setData({ out: [...this.data.out, JSON.stringify(value)] }) },
    })`,
  });
  await phone.until(() => phone.text('out') !== '');
  expect(phone.text('out')).toBe('[1,null,true,true]');
  await phone.tap('go');
  expect(phone.text('out')).toBe('[1,null,true,true],[2,1,true,true]');
});

test('a method by its name is a method as ever', async () => {
  const phone = await openSmall(card('module.exports = { on: function () {} }'));
  await phone.tap('other');
  expect(phone.text('out')).toBe('method Mo');
});

test('what it throws, or asks of nobody, is told with its component', async () => {
  const phone = await tapped('owner.callMethod("none"); null.none');
  await phone.until(() => true);
  expect(phone.errors()).toEqual([expect.stringMatching(/null/), 'there is no method none']);
});
