import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postcss from 'postcss';
import {
  CompileMemory,
  compileMiniprogram,
  MiniprogramCompileError,
} from '../../../../scripts/preview/compile-miniprogram';
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
    ['a tag', 'view', 'wx-view'],
    ['an id', '#a', ':is([id$="--a"],#a)'],
    ['an attribute', '.a[hidden]', '.components-card-index--a[hidden]'],
  ])("a component's style that selects by %s works, with a warning", async (what, by, inside) => {
    const compiled = await compileMiniprogram(
      writeMiniprogram({
        ...CARD,
        'components/card/index.wxss': `.ok {}\n@import "/more.wxss";`,
        'more.wxss': `\n${by} { color: red }`,
      }),
    );
    expect(compiled.css).toContain(`${inside} { color: red }`);
    expect(compiled.warnings).toMatchObject([{ file: 'more.wxss', line: 2, column: 1 }]);
    expect(compiled.warnings[0]?.message).toContain(`should not select by ${what}`);
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
    ['without quotes', '@import url(/lib/a.wxss);'],
    ['without an end', "@import '/lib/a.wxss'"],
    ['without a suffix', '@import "lib/a";'],
    ['from a package', '@import "pack/a.wxss";'],
  ])('an import %s', async (_, rule) => {
    const files = { 'lib/a.wxss': '.a { top: 0 }', 'miniprogram_npm/pack/a.wxss': '.a { top: 0 }' };
    expect(await css({ 'app.wxss': `${rule}\n.b { top: 0 }`, ...files })).toBe(
      '.a { top: 0 } .b { top: 0 }',
    );
  });

  test.each([
    ['a word that is no declaration', '.a {\n  color; top: 0 }', 2, 3, '.a { top: 0 }'],
    ['a comment of another language', '.a {\n  // no\n  top: 0 }', 2, 3, '.a { top: 0 }'],
    ['a colon too many', '.a {\n  left::1px;\n  top: 0 }', 2, 8, '.a { top: 0 }'],
    ['a comment without an end', '.a { top: 0 }\n/* a', 2, 1, '.a { top: 0 }'],
    [
      'a selector that is none',
      '.b, { left: 0 }\n.c: { left: 0 } .a { top: 0 }',
      2,
      1,
      '.a { top: 0 }',
    ],
  ])('%s is left out, with a warning', async (_, source, line, column, expected) => {
    const compiled = await compileMiniprogram(writeMiniprogram({ 'app.wxss': source }));
    expect(compiled.css.replace(/\s+/g, ' ')).toContain(expected);
    expect(compiled.warnings).toContainEqual(
      expect.objectContaining({ file: 'app.wxss', line, column }),
    );
  });

  test('what stands behind a declaration that is none stays in its line', async () => {
    const source = '.a {\n  left: 1px\n  right: 1px;\n  top: 0 }\n.b: { left: 0 }';
    const compiled = await compileMiniprogram(writeMiniprogram({ 'app.wxss': source }));
    expect(compiled.warnings.map(({ line }) => line)).toEqual([2, 5]);
  });

  test('fonts and pictures in the sheet stay whole', async () => {
    const sheet =
      '@font-face { font-family: a; src: url(data:font/woff;base64,AAA1rpx/+==) } .a { background: url("data:image/svg+xml;utf8,<svg width=\'1rpx\'/>") }';
    expect(await css({ 'app.wxss': sheet })).toBe(sheet);
  });

  test('units in capitals are units', async () => {
    expect(await css({ 'app.wxss': '.a { top: 75RPX; left: calc(-7.5Rpx + 1px) }' })).toBe(
      '.a { top: 10vw; left: calc(-1vw + 1px) }',
    );
  });

  test('a component of a scoped package has a prefix that a selector may hold', async () => {
    const path = 'miniprogram_npm/@scope/ui/card/index';
    const sheet = await css({
      'pages/home/index.json': { usingComponents: { card: '@scope/ui/card/index' } },
      [`${path}.json`]: { component: true },
      [`${path}.js`]: 'Component({})',
      [`${path}.wxml`]: '<view class="a"/>',
      [`${path}.wxss`]: '.a { top: 0 }',
    });
    expect(sheet).toBe('.miniprogram_npm--scope-ui-card-index--a { top: 0 }');
  });

  test('a component whose script shares its styles has no prefix', async () => {
    const shared = {
      'components/card/index.js': "Component({ options: { styleIsolation: 'shared' } })",
      'components/card/index.wxss': '.a { top: 0 }',
    };
    expect(await css({ ...CARD, ...shared })).toBe('.a { top: 0 }');
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

test('a sheet that has not changed, nor what it imports, is not compiled again', async () => {
  const dir = writeMiniprogram({
    ...CARD,
    'pages/home/index.wxss': '@import "/shared.wxss"; .a { color: red }',
    'components/card/index.wxss': '@import "/shared.wxss";',
    'shared.wxss': '.b, view { color: red }',
  });
  const memory = new CompileMemory();
  const compiled = async (): Promise<[string, number]> => {
    const { css, warnings } = await compileMiniprogram(dir, memory);
    return [css.replace(/\s+/g, ' '), warnings.length];
  };
  const first = await compiled();
  const parse = jest.spyOn(postcss, 'parse');
  expect(await compiled()).toEqual(first);
  expect(parse).not.toHaveBeenCalled();
  writeFileSync(join(dir, 'shared.wxss'), '.c { color: blue }');
  const [css] = await compiled();
  expect(css).toContain('.components-card-index--c { color: blue }');
  expect(css).toContain(':where(wx-page[is="pages/home/index"]) .c { color: blue }');
  expect(css).not.toContain('.b');
  parse.mockRestore();
});

test('a folder may begin with a digit', async () => {
  const found = await css({
    ...CARD,
    'pages/home/index.json': { usingComponents: { card: '/3d/index' } },
    '3d/index.wxml': '<view class="card"/>',
    '3d/index.wxss': '.card { color: red }',
  });
  expect(found).toContain('.\\33 d-index--card { color: red }');
});

describe("what WeChat's compiler for WXSS refuses fails the build", () => {
  const problems = (files: Files): Promise<unknown> =>
    compileMiniprogram(writeMiniprogram(files)).then(
      () => [],
      (error: unknown) => (error instanceof MiniprogramCompileError ? error.problems : [error]),
    );

  test.each([
    ['a block without an end', '.b {}\n.a {\n  top: 0', 2, 4, 'has no end'],
    ['a block around others without an end', '@media print {\n.a { top: 0 }', 1, 14, 'has no end'],
    ['a block in another', '.a {\n  top: 0;\n.b { top: 0 }', 3, 4, 'the one that line 1 begins'],
    ['an end without a block', '.a { top: 0 }\n  }', 2, 3, 'no block is open'],
    ['a block without a selector', '.a { top: 0 }\n{ top: 0 }', 2, 1, 'no selector'],
    ['a text without an end', '.a {\n  content: "a }', 2, 12, 'Unclosed string'],
    ['an import that is not there', '\n@import "./gone.wxss";', 2, 1, 'imports gone.wxss'],
    ['an import of itself', '@import "app.wxss";', 1, 1, 'imports app.wxss, which imports it'],
  ])('%s', async (_, source, line, column, message) => {
    expect(await problems({ 'app.wxss': source })).toContainEqual({
      file: 'app.wxss',
      line,
      column,
      message: expect.stringContaining(message),
    });
  });

  test('it is told once, whoever imports the sheet', async () => {
    const files = {
      'app.wxss': '@import "/shared.wxss";',
      'pages/home/index.wxss': '@import "/shared.wxss";',
      'shared.wxss': '.a {',
    };
    expect(await problems(files)).toMatchObject([{ file: 'shared.wxss', line: 1, column: 4 }]);
  });

  test.each([
    ['in a text', '.a { content: "}"; color: red }'],
    ['in a text with quotes in it', `.a { content: '{\\'{' }`],
    ['in round brackets', '.a { background: url(a{b}c.png) }'],
    ['in a comment', '/* { */ .a { /* } */ top: 0 }'],
    ['in a selector', '.a[b="{"] { top: 0 }'],
    ['of rules in rules', '@supports (a:b) { @media print { .a:hover { top: 0 } } }'],
    ['of an animation', '@-webkit-keyframes a { from { top: 0 } 50% { top: 1px } }'],
    ['of a font', '@font-face { font-family: a; src: url(data:a;b,{) }'],
  ])('not a bracket %s', async (_, source) => {
    expect(await problems({ 'app.wxss': source })).toEqual([]);
  });

  test.each([
    ['a bracket in a value', '.a { top: 0{ }', 'Unclosed block'],
    ['an import of what DevTools may build', '@import "./b.wxss";', 'which b.less is not built to'],
  ])('%s is a warning', async (_, source, message) => {
    const files = { 'app.wxss': source, 'b.less': '' };
    const { warnings } = await compileMiniprogram(writeMiniprogram(files));
    expect(warnings[0]).toMatchObject({ file: 'app.wxss', line: 1, column: 1 });
    expect(warnings[0]?.message).toContain(message);
  });
});
