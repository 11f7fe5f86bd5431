import { afterAll, expect, test } from '@jest/globals';
import { checkTags } from '../../../scripts/check/tags';
import { removeMiniprograms, writeMiniprogram, type Files } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const check = (files: Files) => checkTags(writeMiniprogram(files));

const CARD: Files = {
  'components/card.json': { component: true },
  'components/card.wxml': '<view/>',
};
const USES_CARD = { usingComponents: { card: '/components/card' } };

test('a tag that is nobody’s is found where it stands', async () => {
  expect(await check({ 'pages/home/index.wxml': '<view>\n  <veiw/>\n</view>' })).toMatchObject([
    { file: 'pages/home/index.wxml', line: 2, column: 3 },
  ]);
});

test('tags of WeChat, of the page and of app.json are known', async () => {
  const found = await check({
    ...CARD,
    'components/row.wxml': '<text/>',
    'app.json': {
      pages: ['pages/home/index'],
      usingComponents: { row: '/components/row' },
    },
    'pages/home/index.json': USES_CARD,
    'pages/home/index.wxml': '<card/><row/><block wx:if="{{a < b}}"><button/></block>',
  });
  expect(found).toEqual([]);
});

test('what a page declares is not known to the components in it', async () => {
  const found = await check({
    ...CARD,
    'components/card.wxml': '<card/>',
    'pages/home/index.json': USES_CARD,
    'pages/home/index.wxml': '<card/>',
  });
  expect(found).toMatchObject([{ file: 'components/card.wxml' }]);
});

test('an imported template has the tags of the page that imports it', async () => {
  const files = {
    ...CARD,
    'pages/home/index.json': USES_CARD,
    'pages/home/index.wxml': '<import src="/shared.wxml"/><template is="a"/>',
  };
  const known = '<template name="a"><card/></template>';
  expect(await check({ ...files, 'shared.wxml': known })).toEqual([]);
  expect(await check({ ...files, 'shared.wxml': known.replace('card', 'crad') })).toMatchObject([
    { file: 'shared.wxml' },
    { file: 'pages/home/index.json' },
  ]);
});

test('a declaration that no template uses is found, by line', async () => {
  const found = await check({
    ...CARD,
    'pages/home/index.json': JSON.stringify(USES_CARD, undefined, 2),
  });
  expect(found).toMatchObject([{ file: 'pages/home/index.json', line: 3 }]);
});

test('a declaration of app.json that no page or component uses is found', async () => {
  const found = await check({ ...CARD, 'app.json': { pages: ['pages/home/index'], ...USES_CARD } });
  expect(found).toMatchObject([{ file: 'app.json', line: 1 }]);
});

test('generics and placeholders count as uses', async () => {
  const found = await check({
    ...CARD,
    'components/list.json': { component: true, componentGenerics: { entry: true } },
    'components/list.wxml': '<entry/>',
    'components/row.wxml': '<view/>',
    'pages/home/index.json': {
      usingComponents: {
        list: '/components/list',
        row: '/components/row',
        card: '/components/card',
      },
      componentPlaceholder: { list: 'card' },
    },
    'pages/home/index.wxml': '<list generic:entry="row"/>',
  });
  expect(found).toEqual([]);
});

test('a WXML that no page reaches is found', async () => {
  expect(await check({ 'pages/gone/index.wxml': '<view/>' })).toMatchObject([
    { file: 'pages/gone/index.wxml' },
  ]);
});
