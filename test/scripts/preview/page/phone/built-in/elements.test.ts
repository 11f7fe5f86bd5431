/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import type { TestPhone } from '../../../../../support/phone';
import { closePhones, openSmall, quietPhones } from '../../../../../support/small-phone';

quietPhones();

/** A page that keeps the `detail` of every event that its template sends to `hear`. */
const hearing = (wxml: string, data: object = {}, more: Record<string, string | object> = {}) =>
  openSmall({
    'pages/home/index.wxml': `${wxml}<view class="out">{{out}}</view><view class="next" bindtap="next"/>`,
    'pages/home/index.js': `Page({
      data: { out: '[]', ...${JSON.stringify(data)} },
      hear({ type, detail }) { this.setData({ out: JSON.stringify([...JSON.parse(this.data.out), [type, detail]]) }) },
      next() { this.setData(this.data.after) },
    })`,
    ...more,
  });

/** What has come, each once. */
const heard = (phone: TestPhone): unknown => JSON.parse(phone.text('out'));

const dragged = (from: HTMLElement, dx: number, dy = 0): void => {
  const at = (x: number, y: number) => ({
    clientX: x,
    clientY: y,
    bubbles: true,
    cancelable: true,
  });
  from.dispatchEvent(new MouseEvent('mousedown', at(100, 100)));
  window.dispatchEvent(new MouseEvent('mousemove', at(100 + dx, 100 + dy)));
  window.dispatchEvent(new MouseEvent('mouseup', at(100 + dx, 100 + dy)));
};

const sized = (element: HTMLElement, width: number): void => {
  Object.defineProperty(element, 'clientWidth', { value: width });
};

describe('<swiper>', () => {
  const ITEMS =
    '<swiper-item wx:for="{{[1,2,3]}}" wx:key="*this" item-id="i{{item}}"><text>{{item}}</text></swiper-item>';
  const shown = (): string[] =>
    [...document.querySelectorAll('wx-swiper-item:not([inert])')].map((item) => item.textContent);

  test('turns by a drag, and tells of it', async () => {
    const phone = await hearing(
      `<swiper class="s" indicator-dots bindchange="hear" bindanimationfinish="hear" duration="1">${ITEMS}</swiper>`,
    );
    sized(phone.find('s'), 300);
    await phone.until(() => shown().length === 1);
    dragged(phone.find('s'), -200);
    await phone.until(() => JSON.stringify(heard(phone)).includes('animationfinish'));
    const detail = { current: 1, currentItemId: 'i2', source: 'touch' };
    expect(heard(phone)).toEqual([
      ['change', detail],
      ['animationfinish', detail],
    ]);
    expect(shown()).toEqual(['2']);
    const dots = [...document.querySelectorAll('.swiper__dot')];
    expect(dots.map((dot) => dot.hasAttribute('data-active'))).toEqual([false, true, false]);
  });

  test('stays at its ends, unless it is circular', async () => {
    for (const [attribute, expected] of [
      ['', '1'],
      ['circular', '3'],
    ] as const) {
      const phone = await hearing(`<swiper class="s" ${attribute}>${ITEMS}</swiper>`);
      sized(phone.find('s'), 300);
      await phone.until(() => shown().length === 1);
      dragged(phone.find('s'), 250);
      expect(shown()).toEqual([expected]);
      closePhones();
    }
  });

  test('does not turn for a drag across it', async () => {
    const phone = await hearing(`<swiper class="s" bindchange="hear">${ITEMS}</swiper>`);
    sized(phone.find('s'), 300);
    dragged(phone.find('s'), -100, 200);
    // What follows from it has happened then.
    await phone.tap('out');
    expect(heard(phone)).toEqual([]);
  });

  test('turns by itself, and where the page says', async () => {
    const phone = await hearing(
      `<swiper autoplay="{{auto}}" interval="5" current="{{at}}" bindchange="hear">${ITEMS}</swiper>`,
      { at: 0, auto: false, after: { at: 2 } },
    );
    await phone.tap('next');
    expect(heard(phone)).toEqual([['change', { current: 2, currentItemId: 'i3', source: '' }]]);
    const playing = await hearing(
      `<swiper autoplay interval="5" bindchange="hear">${ITEMS}</swiper>`,
    );
    await playing.until(() => JSON.stringify(heard(playing)).includes('autoplay'));
  });
});

describe('<picker>', () => {
  const option = (text: string): void => {
    const found = [...document.querySelectorAll<HTMLElement>('.wheel__item')].find(
      (item) => item.textContent === text,
    );
    if (found === undefined) throw new Error(`no ${text}`);
    found.click();
  };
  const options = (column: number): string[] =>
    [...(document.querySelectorAll('.wheel')[column]?.children ?? [])].map(
      (item) => item.textContent,
    );

  test('of one wheel gives the index', async () => {
    const phone = await hearing(
      '<picker range="{{range}}" range-key="n" value="{{1}}" bindchange="hear" bindcancel="hear"><view class="open">?</view></picker>',
      { range: [{ n: 'a' }, { n: 'b' }, { n: 'c' }] },
    );
    await phone.tap('open');
    expect(document.querySelector('.wheel__item[aria-selected="true"]')?.textContent).toBe('b');
    option('c');
    await phone.press('确定');
    await phone.tap('open');
    await phone.press('取消');
    expect(heard(phone)).toEqual([
      ['change', { value: '2' }],
      ['cancel', {}],
    ]);
  });

  test('of several wheels tells of each that turns, and shows what the page makes of it', async () => {
    const phone = await openSmall({
      'pages/home/index.wxml':
        '<picker mode="multiSelector" range="{{range}}" value="{{value}}" bindcolumnchange="turn" bindchange="set"><view class="open">{{value}}</view></picker>',
      'pages/home/index.js': `const sub = [['a1', 'a2'], ['b1', 'b2', 'b3']];
        Page({ data: { range: [['a', 'b'], sub[0]], value: [0, 0] },
          turn({ detail: { column, value } }) { if (column === 0) this.setData({ 'range[1]': sub[value], value: [value, 0] }) },
          set({ detail: { value } }) { this.setData({ value }) } })`,
    });
    await phone.tap('open');
    option('b');
    expect(options(1)).toEqual(['b1', 'b2', 'b3']);
    option('b3');
    await phone.press('确定');
    expect(phone.text('open')).toBe('1,2');
  });

  test.each([
    ['mode="time" value="09:41" start="09:30" end="11:10"', ['10', '05'], '10:05'],
    ['mode="time" value="09:41" start="09:30" end="11:10"', ['11', '10'], '11:10'],
    ['mode="date" value="2024-01-31"', ['02'], '2024-02-29'],
    ['mode="date" value="2024-05-06" fields="month"', ['2025', '07'], '2025-07'],
    [
      'mode="date" value="2024-05-06" fields="year" start="2020-01-01" end="2030-01-01"',
      ['2030'],
      '2030',
    ],
  ])('%s, turned to %j, is %s', async (attributes, turns, expected) => {
    const phone = await hearing(
      `<picker ${attributes} bindchange="hear"><view class="open"/></picker>`,
    );
    await phone.tap('open');
    for (const [at, text] of turns.entries()) {
      const column = attributes.includes('mode="date"') && text.length === 2 ? 1 : at;
      const item = [...(document.querySelectorAll('.wheel')[column]?.children ?? [])].find(
        ({ textContent }) => textContent === text,
      );
      if (!(item instanceof HTMLElement)) throw new Error(`no ${text} in ${String(column)}`);
      item.click();
    }
    await phone.press('确定');
    expect(heard(phone)).toEqual([['change', { value: expected }]]);
  });

  test('of regions follows the way that is chosen', async () => {
    const phone = await hearing(
      '<picker mode="region" bindchange="hear"><view class="open"/></picker>',
    );
    await phone.tap('open');
    option('广东省');
    option('深圳市');
    option('南山区');
    await phone.press('确定');
    expect(heard(phone)).toEqual([
      [
        'change',
        {
          value: ['广东省', '深圳市', '南山区'],
          code: ['440000', '440300', '440305'],
          postcode: '',
        },
      ],
    ]);
  });
});

describe('<rich-text>', () => {
  const rich = async (nodes: unknown): Promise<string> => {
    await hearing('<rich-text nodes="{{nodes}}"/>', { nodes });
    return document.querySelector('wx-rich-text')?.innerHTML ?? '';
  };

  test.each<[string, unknown, string]>([
    [
      'markup',
      '<p class="a" style="color:red">x <b>y</b></p>',
      '<p class="a" style="color:red">x <b>y</b></p>',
    ],
    [
      'nodes',
      [{ name: 'div', attrs: { style: 'width:75rpx' }, children: [{ type: 'text', text: '<i>' }] }],
      '<div style="width:10vw">&lt;i&gt;</div>',
    ],
    ['a script', 'a<script>alert(1)</script><style>*{}</style>b', 'ab'],
    ['a handler', '<img src="https://x/y.png" onerror="alert(1)">', '<img src="https://x/y.png">'],
    [
      'an address that runs',
      '<a href="javascript:alert(1)">x</a><img src="javascript:alert(1)">',
      '<a>x</a><img>',
    ],
    [
      'nodes that run',
      [
        { name: 'iframe', attrs: { src: 'x' } },
        { name: 'SCRIPT' },
        { name: 'p', attrs: { onclick: 'x' } },
      ],
      '<p></p>',
    ],
    ['what is no node', [null, 5, { name: 'x-y' }], ''],
  ])('%s', async (_, nodes, expected) => {
    expect(await rich(nodes)).toBe(expected);
  });
});

describe('<slider>', () => {
  test('is dragged in steps, by a key too, and is a field', async () => {
    const phone = await hearing(
      '<form bindsubmit="hear"><slider name="s" class="s" min="10" max="20" step="2" value="12" bindchange="hear" bindchanging="hear"/><button class="send" form-type="submit"/></form>',
    );
    const bar = document.querySelector('.slider__bar');
    if (bar === null) throw new Error('no bar');
    bar.getBoundingClientRect = () => new DOMRect(0, 0, 100, 2);
    dragged(phone.find('s'), -47);
    phone.find('s').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    await phone.tap('send');
    expect(heard(phone)).toEqual([
      ['changing', { value: 16 }],
      ['change', { value: 16 }],
      ['change', { value: 18 }],
      ['submit', { value: { s: 18 } }],
    ]);
    expect(phone.find('s').getAttribute('aria-valuenow')).toBe('18');
  });
});

test('<progress> says how far it is', async () => {
  const phone = await hearing('<progress class="p" percent="140" show-info/>');
  expect([phone.text('p'), phone.find('p').getAttribute('aria-valuenow')]).toEqual(['100%', '100']);
});

test('<open-data> knows nobody', async () => {
  const phone = await hearing(
    '<open-data class="n" type="userNickName"/><open-data class="a" type="userAvatarUrl"/>',
  );
  expect(phone.text('n')).toBe('微信用户');
  expect(phone.find('a').querySelector('img')).not.toBeNull();
});

test.each([
  'map',
  'canvas',
  'video',
  'web-view',
  'ad',
  'official-account',
  'live-player',
  'editor',
])('<%s> is a box that says so, and no error', async (tag) => {
  const phone = await hearing(`<${tag} class="box" src="x" bindload="hear"/>`);
  expect([phone.text('box'), phone.errors()]).toEqual([`<${tag}>`, []]);
});

test('what only holds other elements shows them', async () => {
  const phone = await hearing(
    '<page-meta><navigation-bar title="x"/></page-meta><cover-view class="c" bindtap="hear">covered</cover-view><match-media min-width="1"><text>in</text></match-media>',
  );
  await phone.tap('c');
  expect(phone.text()).toContain('coveredin');
  expect(heard(phone)).toEqual([['tap', expect.anything()]]);
});

test('touches are told where the finger went down, with where it is', async () => {
  const phone = await openSmall({
    'pages/home/index.wxml':
      '<view class="pad" bindtouchstart="hear" bindtouchmove="hear" bindtouchend="hear"/><view class="out">{{out}}</view>',
    'pages/home/index.js': `Page({ data: { out: '' },
      hear({ type, touches, changedTouches: [{ clientX }] }) { this.setData({ out: this.data.out + type + touches.length + '@' + clientX + ' ' }) } })`,
  });
  dragged(phone.find('pad'), 30);
  await phone.until(() => phone.text('out').includes('touchend'));
  expect(phone.text('out')).toBe('touchstart1@100 touchmove1@130 touchend0@130');
});

test('a drag is no tap', async () => {
  const phone = await hearing('<view class="pad" bindtap="hear"/>');
  const pointer = (type: string, clientX: number): void => {
    phone.find('pad').dispatchEvent(new MouseEvent(type, { bubbles: true, clientX }));
  };
  pointer('pointerdown', 0);
  pointer('pointermove', 40);
  await phone.tap('pad');
  pointer('pointerdown', 0);
  pointer('pointermove', 3);
  await phone.tap('pad');
  expect(heard(phone)).toHaveLength(1);
});

describe('a form, across components,', () => {
  const component = (
    behaviors: string[],
    wxml: string,
    script = '',
  ): Record<string, string | object> => ({
    'part.json': { component: true },
    'part.wxml': wxml,
    'part.js': `Component({ behaviors: ${JSON.stringify(behaviors)}, ${script} })`,
    'pages/home/index.json': { usingComponents: { part: '/part' } },
  });
  const FORM =
    '<form bindsubmit="hear"><input name="a" value="1"/><part name="p" value="9"/><button class="send" form-type="submit"/></form>';

  test.each<[string, string[], unknown]>([
    ['does not see into one', [], { a: '1' }],
    ['sees what shows itself', ['wx://form-field-group'], { a: '1', inner: '2' }],
    ['takes one for a field', ['wx://form-field'], { a: '1', p: '9' }],
  ])('%s', async (_, behaviors, expected) => {
    const phone = await hearing(FORM, {}, component(behaviors, '<input name="inner" value="2"/>'));
    await phone.tap('send');
    expect(heard(phone)).toEqual([['submit', { value: expected }]]);
  });

  test.each<[string[], unknown[]]>([
    [['wx://form-field-button'], [['submit', { value: { a: '1' } }]]],
    [[], []],
  ])('is sent by a button in one that is %j', async (behaviors, expected) => {
    const phone = await hearing(
      '<form bindsubmit="hear"><input name="a" value="1"/><part/></form>',
      {},
      component(behaviors, '<button class="inner" form-type="submit"/>'),
    );
    await phone.tap('inner');
    expect(heard(phone)).toEqual(expected);
  });
});

test.each(['contact', 'feedback', 'launchApp'])(
  'open-type "%s" names what WeChat opens',
  async (type) => {
    const phone = await hearing(
      `<button class="b" open-type="${type}" bind${type.toLowerCase()}="hear"/>`,
    );
    await phone.tap('b');
    expect(phone.overlay).toContain('在微信里，这里会打开');
    await phone.press('确定');
    expect(heard(phone)).toEqual([
      [type.toLowerCase(), expect.objectContaining({ errMsg: `${type}:ok` })],
    ]);
  },
);

test('an element plays its animation, step by step', async () => {
  const phone = await openSmall({
    'pages/home/index.wxml': '<view class="box" animation="{{a}}"/><view class="go" bindtap="go"/>',
    'pages/home/index.js': `Page({ data: { a: null }, go() { this.setData({ a: wx.createAnimation({ duration: 1 })
      .opacity(0.5).step().width(75).step().export() }) } })`,
  });
  await phone.tap('go');
  const { style } = phone.find('box');
  expect(style.opacity).toBe('0.5');
  await phone.until(() => style.width === '75px');
});
