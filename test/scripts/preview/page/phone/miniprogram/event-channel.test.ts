/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { openSmall, quietPhones } from '../../../../../support/small-phone';

quietPhones();

const OPENED = `Page({
  onLoad() {
    const channel = this.getOpenerEventChannel();
    this.setData({ kind: Object.keys(channel).sort().join() });
    if (!channel.on) return;
    const gone = () => this.setData({ heard: 'gone' });
    channel.on('told', gone);
    channel.off('told', gone);
    channel.on('told', (text, more) => this.setData({ heard: text + more }));
    channel.once('told', (text) => this.setData({ first: text }));
  },
  answer() { this.getOpenerEventChannel().emit('answered', { from: 'detail' }); wx.navigateBack() },
})`;

const OPENER = `Page({
  data: { log: '' },
  open() {
    wx.navigateTo({
      url: '../detail/index',
      events: {
        answered: ({ from }) => { this.note('events ' + from); throw new Error('in events') },
        told: () => this.note('its own word'),
      },
      success: ({ eventChannel }) => {
        eventChannel.on('answered', ({ from }) => this.note('on ' + from));
        eventChannel.emit('told', 'one', 1);
        eventChannel.emit('told', 'two', 2);
      },
    });
  },
  redirect() { wx.redirectTo({ url: '../detail/index' }) },
  note(text) { this.setData({ log: this.data.log + text + '; ' }) },
})`;

const FILES = {
  'app.json': { pages: ['pages/home/index', 'pages/detail/index'] },
  'pages/home/index.wxml':
    '<view class="open" bindtap="open"/><view class="redirect" bindtap="redirect"/><view class="log">{{log}}</view>',
  'pages/home/index.js': OPENER,
  'pages/detail/index.wxml':
    '<view class="heard" bindtap="answer">{{heard}}</view><view class="first">{{first}}</view><view class="kind">{{kind}}</view>',
  'pages/detail/index.js': OPENED,
};

describe('an event channel', () => {
  test('carries what a page and its opener tell each other', async () => {
    const phone = await openSmall(FILES);
    await phone.tap('open');
    expect([phone.text('heard'), phone.text('first')]).toEqual(['two2', 'one']);
    expect(phone.text('kind')).toBe('emit,off,on,once');

    await phone.tap('heard');
    expect(phone.path).toBe('pages/home/index');
    expect(phone.text('log')).toBe('events detail; on detail;');
    expect(phone.errors()).toEqual([expect.stringContaining('in events')]);
  });

  test('has no methods in a page that was not navigated to', async () => {
    const phone = await openSmall(FILES);
    await phone.tap('redirect');
    expect([phone.path, phone.text('kind')]).toEqual(['pages/detail/index', '']);
  });
});
