import { afterAll, describe, expect, test } from '@jest/globals';
import {
  compileMiniprogram,
  MiniprogramCompileError,
} from '../../../scripts/preview/compile-miniprogram';
import { removeMiniprograms, writeMiniprogram, type Files } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const compile = (files: Files) => compileMiniprogram(writeMiniprogram(files));

/** Its files and messages, which the check `compile` refuses. */
const warnings = async (files: Files): Promise<string[]> =>
  (await compile(files)).warnings.map(({ file, line, column, message }) =>
    [file, line, column, message].filter((part) => part !== undefined).join(':'),
  );

const page = (wxml: string): Files => ({ 'pages/home/index.wxml': wxml });

describe('what WeChat refuses fails the build', () => {
  test('an end tag that is missing, with file, line and column', async () => {
    await expect(compile(page('<view>\n  <text>\n</view>'))).rejects.toThrow(
      'pages/home/index.wxml:2:4: missing end tag',
    );
  });

  test('an expression that is none', async () => {
    await expect(compile(page('<view>{{a b}}</view>'))).rejects.toThrow(
      /pages\/home\/index\.wxml:1:\d+: /,
    );
  });

  test('a character that breaks the template compiler itself', async () => {
    await expect(
      compile(page('<view b="\u3000">\u3000</view>\n<view\u3000a="b"/>')),
    ).rejects.toThrow('pages/home/index.wxml:2:6: ');
  });

  test('every problem is named, not only the first', async () => {
    const problems = await compile({
      'app.json': { pages: ['pages/home/index', 'pages/other/index'] },
      'pages/other/index.js': 'Page({',
      'pages/other/index.wxml': '<view>',
      'pages/home/index.wxml': '<view>',
      'pages/home/index.wxss': '}',
    }).then(
      () => [],
      (error: unknown) => (error instanceof MiniprogramCompileError ? error.problems : [error]),
    );
    expect(problems).toMatchObject([
      { file: 'pages/home/index.wxml', line: 1 },
      { file: 'pages/other/index.wxml', line: 1 },
      { file: 'pages/other/index.js', line: 1 },
      { file: 'pages/home/index.wxss', line: 1 },
    ]);
  });

  test.each<[string, Files, string]>([
    ['no pages', { 'app.json': '{\n"pages": []}' }, 'app.json:2: lists no pages'],
    ['no word of pages', { 'app.json': {} }, 'app.json:1: lists no pages'],
    ['JSON that does not parse', { 'app.json': '{' }, 'app.json:1:2: '],
    ["a page's JSON", { 'pages/home/index.json': '{\n "a": 1,\n}' }, 'pages/home/index.json:2:8: '],
    ['an app.json with nothing in it', { 'app.json': '\n' }, 'app.json:1:1: is empty'],
    [
      'a variable that theme.json lacks',
      { 'app.json': { pages: ['pages/home/index'], window: { backgroundColor: '@gone' } } },
      'theme.json: "light" has no variable "gone"',
    ],
    [
      'a variable that theme.json lacks for one theme',
      {
        'app.json': { pages: ['pages/home/index'], window: { backgroundColor: '@one' } },
        'theme.json': '{"light": {"one": "#fff"},\n"dark": {}}',
      },
      'theme.json:2: "dark" has no variable "one"',
    ],
  ])('%s', async (_, files, message) => {
    await expect(compile(files)).rejects.toThrow(message);
  });
});

describe('what WeChat runs is a warning at most', () => {
  test.each<[string, Files, string[]]>([
    [
      'a component that is not there',
      { 'pages/home/index.json': { usingComponents: { card: '../../card' } } },
      ['pages/home/index.json:names ../../card, and there is no card.wxml'],
    ],
    [
      'a component of a plugin',
      { 'pages/home/index.json': { usingComponents: { card: 'plugin://p/card' } } },
      [
        'pages/home/index.json:plugin://p/card is not part of the preview: WeChat brings it from elsewhere',
      ],
    ],
    [
      'a page that is not there',
      { 'app.json': { pages: ['pages/home/index', 'pages/gone'] } },
      ['app.json:names pages/gone, and there is no pages/gone.wxml', 'pages/gone.js:is missing'],
    ],
    [
      'a script that requires what is not there',
      { 'pages/home/index.js': 'Page({});\nrequire("./gone")' },
      ['pages/home/index.js:2:9:requires ./gone, which is not there'],
    ],
    [
      'a template that is imported and is not there',
      page('<import src="gone.wxml"/>'),
      ['pages/home/index.wxml:1:1:imports pages/home/gone.wxml, and there is no such file'],
    ],
    [
      'WXS that is not there',
      page('<wxs src="gone.wxs" module="a"/>'),
      ['pages/home/index.wxml:1:1:uses pages/home/gone.wxs, and there is no such file'],
    ],
    [
      'spaces around =',
      page('<view class = "x"/>'),
      [...['12', '14'].map((at) => `pages/home/index.wxml:1:${at}:unexpected whitespace`)],
    ],
    [
      'an attribute that is there twice',
      page('<view class="a" class="b"/>'),
      ['pages/home/index.wxml:1:17:duplicated attribute'],
    ],
    [
      'a key in braces',
      page('<view wx:for="{{list}}" wx:key="{{index}}"/>'),
      ['pages/home/index.wxml:1:33:data bindings are not allowed for this attribute'],
    ],
    [
      'the old name of wx:for',
      page('<view wx:for-items="{{list}}" wx:key="*this"/>'),
      ['pages/home/index.wxml:1:13:unexpected whitespace'],
    ],
    [
      'WXS that does not parse',
      { ...page('<wxs src="./a.wxs" module="a"/>'), 'pages/home/a.wxs': 'var a = 1;\nvar = 2' },
      ['pages/home/a.wxs:2:5:Unexpected token'],
    ],
    [
      'WXS inside a page that does not parse',
      page('<view/>\n<wxs module="a">var = 2</wxs>'),
      ['pages/home/index.wxml:2:21:Unexpected token'],
    ],
    ['an empty JSON file', { 'pages/home/index.json': '\n' }, []],
    ['a byte order mark', { 'pages/home/index.json': '\uFEFF{}', ...page('\uFEFF<view/>') }, []],
    ['the ends of lines of Windows', page('<view>\r\n</view>\r\n'), []],
  ])('%s', async (_, files, expected) => {
    expect(await warnings(files)).toEqual(expected);
  });
});
