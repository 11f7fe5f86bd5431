import { afterAll, describe, expect, test } from '@jest/globals';
import { compileMiniprogram } from '../../../../scripts/preview/compile-miniprogram';
import {
  removeMiniprograms,
  writeMiniprogram,
  type Files,
} from '../../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const css = async (files: Files): Promise<string> => {
  const { css } = await compileMiniprogram(writeMiniprogram(files));
  return css.replace(/\s+/g, ' ');
};

const CARD: Files = {
  'pages/home/index.json': { usingComponents: { card: '/components/card/index' } },
  'components/card/index.json': { component: true },
  'components/card/index.js': 'Component({})',
  'components/card/index.wxml': '<view class="card"/>',
};

describe('WXSS for a browser', () => {
  test('750 rpx are the width of the screen', async () => {
    expect(await css({ 'app.wxss': '.a { width: 750rpx; margin: -1.5rpx 0 }' })).toBe(
      '.a { width: 100vw; margin: -0.2vw 0 }',
    );
  });

  test('what only looks like a length stays as it is', async () => {
    const rule = '.a10rpx { background: url(10rpx.png); content: "10rpx" }';
    expect(await css({ 'app.wxss': rule })).toBe(rule);
  });

  test('vh is of the page, which ends at the bars', async () => {
    expect(await css({ 'app.wxss': '.a { min-height: calc(100vh - 10rpx) }' })).toBe(
      '.a { min-height: calc(calc(var(--page-vh, 1vh) * 100) - 1.333333vw) }',
    );
  });

  test('tags get the names that WeChat gives them', async () => {
    expect(await css({ 'app.wxss': 'page view > scroll-view, my-card { color: red }' })).toBe(
      'wx-page wx-view > wx-scroll-view, my-card { color: red }',
    );
  });

  test('a page does not style the pages below it, and outweighs nothing by that', async () => {
    expect(await css({ 'pages/home/index.wxss': '.a .b, page { color: red }' })).toBe(
      ':where(wx-page[is="pages/home/index"]) .a .b, wx-page:where([is="pages/home/index"]) { color: red }',
    );
  });

  test("a component's classes carry its prefix, and its host is itself", async () => {
    expect(
      await css({ ...CARD, 'components/card/index.wxss': ':host .card.on { color: red }' }),
    ).toBe(
      '[wx-host="components-card-index"] .components-card-index--card.components-card-index--on { color: red }',
    );
  });

  test.each(['3', '2n', 'odd', '2n + 1', '-n+3'])('the position %s is no tag', async (position) => {
    const rule = `.a:nth-child(${position}) { color: red }`;
    expect(await css({ 'app.wxss': rule })).toBe(rule);
    expect(await css({ ...CARD, 'components/card/index.wxss': rule })).toBe(
      rule.replace('.a', '.components-card-index--a'),
    );
  });

  test.each([
    ['a tag', 'view'],
    ['an id', '#a'],
    ['an attribute', '.a[hidden]'],
  ])("a component's style may not select by %s, as in WeChat", async (what, selector) => {
    await expect(
      css({ ...CARD, 'components/card/index.wxss': `.ok {}\n${selector} { color: red }` }),
    ).rejects.toThrow(
      `components/card/index.wxss:2:1: a component's style may not select by ${what}`,
    );
  });

  test('imports are inlined, relative and from the root', async () => {
    expect(
      await css({
        'app.wxss': '@import "./styles/a.wxss"; @import "/styles/b.wxss"; .c { top: 0 }',
        'styles/a.wxss': '@import "b.wxss"; .a { top: 0 }',
        'styles/b.wxss': '.b { top: 0 }',
      }),
    ).toBe('.b { top: 0 } .a { top: 0 } .b { top: 0 } .c { top: 0 }');
  });

  test.each([
    ['names a file that is not there', '@import "./gone.wxss";', 'app.wxss:1:1: imports gone.wxss'],
    ['comes back to itself', '@import "app.wxss";', 'app.wxss:1:1: imports app.wxss'],
  ])('an import that %s fails the build', async (_, rule, message) => {
    await expect(css({ 'app.wxss': rule })).rejects.toThrow(message);
  });

  test('a style sheet that does not parse fails the build with its line', async () => {
    await expect(css({ 'app.wxss': '.a {\n  color: red' })).rejects.toThrow(/app\.wxss:1:1: /);
  });

  test('the dark scheme is the phone’s, not the computer’s', async () => {
    expect(
      await css({ 'app.wxss': '@media (prefers-color-scheme: dark) { page { color: white } }' }),
    ).toBe(':where([data-theme="dark"]) wx-page { color: white }');
    expect(
      await css({
        'app.wxss': '@media (min-width: 1px) and (prefers-color-scheme: dark) { .a { top: 0 } }',
      }),
    ).toBe('@media (min-width: 1px) { :where([data-theme="dark"]) .a { top: 0 } }');
  });
});
