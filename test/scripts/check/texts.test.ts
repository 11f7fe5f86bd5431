import { afterAll, describe, expect, test } from '@jest/globals';
import { checkTexts } from '../../../scripts/check/texts';
import { compareLanguages } from '../../../scripts/check/texts/compare-languages';
import { readCopyTexts } from '../../../scripts/check/texts/copy-texts';
import { textInScript, textInWxml } from '../../../scripts/check/texts/misplaced';
import { parseWxml } from '../../../scripts/miniprogram-files/wxml/parse-wxml';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const language = (file: string, object: string) => ({
  file,
  texts: readCopyTexts(file, `export const copy = ${object};`),
});
const compare = (zh: string, en: string) =>
  compareLanguages(language('zh.ts', zh), language('en.ts', en));

describe('two languages', () => {
  test('agree when keys, lengths of lists and places are the same', () => {
    expect(
      compare(
        `{ a: { 'b': '{time} 在 {device}' }, c: ['一'] } as const`,
        '({ a: { b: `{device} at {time}` }, c: ["one"] }) satisfies Copy',
      ),
    ).toEqual([]);
  });

  test.each([
    ['a text that one of them lacks', '{ a: "1",\n b: "2" }', '{ a: "1" }', 'zh.ts', 2],
    ['a text that the other one lacks', '{}', '{ a: "1" }', 'en.ts', 1],
    ['a list that is shorter', '{ a: ["1",\n "2"] }', '{ a: ["1"] }', 'zh.ts', 2],
    ['a place that is missing', '{ a: "{device}" }', '{\n a: "device" }', 'en.ts', 2],
    ['a place under another name', '{ a: "{device}" }', '{ a: "{phone}" }', 'en.ts', 1],
    ['a place that is there twice', '{ a: "{device}" }', '{ a: "{device} {device}" }', 'en.ts', 1],
  ])('%s is found where it stands', (_, zh, en, file, line) => {
    expect(compare(zh, en)).toMatchObject([{ file, line }]);
  });

  test('a text that is computed cannot be compared, and is refused', () => {
    expect(() => language('zh.ts', '{\n a: greet() }')).toThrow('zh.ts:2:5: must be plain text');
    expect(() => language('zh.ts', '{ ...others }')).toThrow('must be plain text');
  });
});

describe('text outside i18n', () => {
  const inWxml = (source: string) => textInWxml(parseWxml('a.wxml', source));
  const inScript = (source: string) => textInScript('a.ts', source);

  test.each([
    ['between tags', '<view>\n<text>Hello</text></view>'],
    ['beside an expression', '<view>\n{{a}} 条</view>'],
    ['in an attribute', '<input\n placeholder="请输入"/>'],
    ['in an expression of an attribute', `<input\n placeholder="{{a || '请输入'}}"/>`],
    ['in an expression between tags', `<view>\n{{a || '没有'}}</view>`],
  ])('in WXML, %s, is found where it stands', (_, source) => {
    expect(inWxml(source)).toMatchObject([{ file: 'a.wxml', line: 2 }]);
  });

  test.each([
    ['in a string', "call(\n'你好')"],
    ['in a template', 'call(\n`你好`)'],
    ['after a value', 'call(\n`${a\n} 条`)'],
  ])('in a script, %s, is found', (_, source) => {
    expect(inScript(source)).toHaveLength(1);
  });

  test('comments, expressions, punctuation and Latin strings in a script are no text', () => {
    expect(inWxml('<!-- 说明 --><view class="a">{{copy.b}} · {{c}}</view>')).toEqual([]);
    expect(inScript("// 说明\nconst a = 'b'; /* 云 */")).toEqual([]);
  });

  test('i18n itself may hold it, and nothing beside it', async () => {
    const found = await checkTexts(
      writeMiniprogram({
        'i18n/zh-CN.ts': "export const zhCN = { a: '你好' };",
        'i18n/en.ts': "export const en = { a: 'Hello' };",
        'pages/home/index.ts': "const a = '你好';",
        'pages/home/index.wxml': '<view>{{a}}</view>',
      }),
    );
    expect(found).toMatchObject([{ file: 'pages/home/index.ts', line: 1, column: 11 }]);
  });
});
