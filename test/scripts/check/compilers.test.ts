import { afterAll, expect, test } from '@jest/globals';
import { checkCompiles } from '../../../scripts/check/compile';
import { inFolder } from '../../../scripts/check/report';
import { checkWithWcc } from '../../../scripts/check/wcc';
import { removeMiniprograms, writeMiniprogram, type Files } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const compile = (files: Files) => inFolder('dist', () => checkCompiles(writeMiniprogram(files)));
const page = (wxml: string): Files => ({ 'pages/home/index.wxml': wxml });

test('what WeChat’s compiler refuses is found where it stands', () => {
  expect(checkWithWcc(writeMiniprogram(page('<view>\n<view wx:else/></view>')))).toMatchObject([
    { file: 'pages/home/index.wxml', line: 2 },
  ]);
  expect(checkWithWcc(writeMiniprogram(page('<view>{{a?.b}}</view>')))).toMatchObject([
    { file: 'pages/home/index.wxml', line: 1 },
  ]);
});

test('WeChat’s compiler sees components that are declared from the root', () => {
  const found = checkWithWcc(
    writeMiniprogram({
      'pages/home/index.json': { usingComponents: { card: '/components/card' } },
      'pages/home/index.wxml': '<card/>',
      'components/card.json': { component: true },
      'components/card.wxml': '<view>',
    }),
  );
  expect(found).toMatchObject([{ file: 'components/card.wxml' }]);
});

test('a sound mini program passes every compiler', async () => {
  const files = { ...page('<view>{{a}}</view>'), 'app.wxss': 'page { width: 750rpx; }' };
  expect(checkWithWcc(writeMiniprogram(files))).toEqual([]);
  expect(await compile(files)).toEqual([]);
});

test('a warning of the template compiler is a problem', async () => {
  expect(await compile(page('<view>\n  <text>\n</view>'))).toMatchObject([
    { file: 'dist/pages/home/index.wxml', line: 2, column: 4 },
  ]);
});

test('a mini program that is not there does not pass for compiled', () => {
  expect(checkWithWcc('/nowhere')).toMatchObject([{ file: 'app.json' }]);
});
