import { afterAll, describe, expect, test } from '@jest/globals';
import { compileMiniprogram } from '../../../../scripts/preview/compile-miniprogram';
import { asWccReads } from '../../../../scripts/preview/compile/as-wcc-reads';
import {
  removeMiniprograms,
  writeMiniprogram,
  type Files,
} from '../../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const compile = (files: Files) => compileMiniprogram(writeMiniprogram(files));
const page = (wxml: string): Files => ({ 'pages/home/index.wxml': wxml });

describe('WXML that WeChat takes by chance', () => {
  test.each([
    [
      'an attribute without its first quote',
      '<view title=https://a.b/c.jpg?x=1&y=2" class="z">\n  u</view>',
      '<view title="https://a.b/c.jpg?x=1&y=2" class="z">\n  u</view>',
    ],
    [
      'one with spaces in it, behind others',
      `<view a="1" b='2' hidden title=hello big world"/>`,
      `<view a="1" b='2' hidden title="hello big world"/>`,
    ],
    [
      'one that goes on in the next line',
      '<image\n  src=https://a.b/c"\n  mode="d"\n/>',
      '<image\n  src="https://a.b/c"\n  mode="d"\n/>',
    ],
    ['a space before the name of a tag', '< view>a</ view>', '<view >a</view >'],
  ])('%s', async (_, written, meant) => {
    expect(asWccReads(written)).toBe(meant);
    const found = await compile(page(written));
    expect(found.warnings).toEqual((await compile(page(meant))).warnings);
    expect(found.script).toBe((await compile(page(meant))).script);
  });

  test.each([
    '<view class="a b=c" title=\'d e=f"\' hidden/>',
    '<view class=a b="c"></view>',
    '<view>x=y" z</view>',
    `<view wx:if="{{ a > b && c == 'd"' }}">{{ a > b }}</view>`,
  ])('%s is as it is', (wxml) => {
    expect(asWccReads(wxml)).toBe(wxml);
  });

  test('what is wrong beside it is told of the text as it was written', async () => {
    const wxml = '<view title=https://a.b/c" id="d">\n<text>\n</view>';
    await expect(compile(page(wxml))).rejects.toThrow('pages/home/index.wxml:2:2: missing end tag');
  });
});

describe('what WeChat refuses and the preview can show', () => {
  const refused = async (files: Files): Promise<string[]> => {
    const compiled = await compile(files);
    return compiled.warnings.map(({ file, line, column, message }) =>
      [file, line, column, message].join(':'),
    );
  };

  test.each([
    ['wx:else', '<view>\n  <view wx:else>a</view></view>', '2:9:wx:else has no wx:if before it'],
    ['wx:elif', '<view wx:if="{{a}}"/>b<view wx:elif="{{c}}"/>', '1:29:wx:elif has no wx:if'],
    ['WXS without a name', '\n<wxs>var a;</wxs>', '2:2:a <wxs> has no module'],
    ['WXS that is not there', '\n <wxs module="a" src="b.wxs"/>', '2:2:uses pages/home/b.wxs'],
    ['WXS of a later language', '<wxs module="a">\n var a;\n let b;</wxs>', '3:2:WXS has no let'],
  ])('%s', async (_, wxml, message) => {
    expect(await refused(page(wxml))).toEqual([
      expect.stringContaining(`pages/home/index.wxml:${message}`),
    ]);
  });

  test('WXS that WXS requires, and is not there', async () => {
    const files = {
      ...page('<wxs module="a" src="/a.wxs"/>'),
      'a.wxs': 'var a = 1;\nvar b = require("./b.wxs");',
    };
    expect(await refused(files)).toEqual(['a.wxs:2:17:uses b.wxs, and there is no such file']);
  });
});
