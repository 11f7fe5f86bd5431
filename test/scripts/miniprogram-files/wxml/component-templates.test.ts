import { afterAll, describe, expect, test } from '@jest/globals';
import { readComponentTemplates } from '../../../../scripts/miniprogram-files/wxml/component-templates';
import { parseWxml } from '../../../../scripts/miniprogram-files/wxml/parse-wxml';
import { removeMiniprograms, writeMiniprogram } from '../../../support/miniprogram-folder';

afterAll(removeMiniprograms);

describe('WXML', () => {
  test('is a flat list of tags, texts and expressions, each with its place', () => {
    const source = '<view class="a {{b}}" hidden>\n  Hello {{name}}<!-- no -->\n  <text/>\n</view>';
    const { tags, texts, expressions } = parseWxml('a.wxml', source);
    expect(tags).toMatchObject([
      {
        name: 'view',
        line: 1,
        column: 1,
        attributes: [
          { name: 'class', value: 'a {{b}}', line: 1, column: 7 },
          { name: 'hidden', value: '' },
        ],
      },
      { name: 'text', line: 3, column: 3, attributes: [] },
    ]);
    expect(texts.map(({ value }) => value.trim()).filter(Boolean)).toEqual(['Hello']);
    expect(expressions.map(({ value }) => value.trim())).toEqual(['name']);
  });

  test('that does not parse names the file and the place', () => {
    expect(() => parseWxml('a.wxml', '<view')).toThrow(/ a\.wxml:\d+:\d+: /);
  });
});

describe('the templates of a page', () => {
  test('are its own and what it imports or includes, each once', async () => {
    const folder = writeMiniprogram({
      'pages/home/index.wxml': '<import src="row"/><include src="/parts/foot.wxml"/>',
      'pages/home/row.wxml': '<import src="index.wxml"/><include src="../../parts/foot"/>',
      'parts/foot.wxml': '<view/>',
    });
    const [home] = await readComponentTemplates(folder);
    expect(home?.templates.map(({ file }) => file)).toEqual([
      'pages/home/index.wxml',
      'pages/home/row.wxml',
      'parts/foot.wxml',
    ]);
  });

  test('must be there', async () => {
    const folder = writeMiniprogram({ 'pages/home/index.wxml': '<import src="gone"/>' });
    await expect(readComponentTemplates(folder)).rejects.toThrow(
      'pages/home/gone.wxml: is missing; pages/home/index.wxml imports it',
    );
  });
});
