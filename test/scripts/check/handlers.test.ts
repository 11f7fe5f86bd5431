import { afterAll, expect, test } from '@jest/globals';
import { checkHandlers } from '../../../scripts/check/handlers';
import { removeMiniprograms, writeMiniprogram, type Files } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const check = (wxml: string, script: string, files: Files = {}) =>
  checkHandlers(
    writeMiniprogram({
      'tsconfig.json': {
        compilerOptions: { noLib: true, types: [], moduleResolution: 'Bundler', module: 'ESNext' },
      },
      'pages/home/index.wxml': wxml,
      'pages/home/index.ts': script,
      ...files,
    }),
  );

const COMPONENT = 'Component({ methods: { onTap() {} } });';

test.each([
  'bindtap',
  'bind:tap',
  'catchtap',
  'catch:tap',
  'mut-bind:tap',
  'capture-bind:tap',
  'capture-catch:tap',
])('a handler that %s names and no method defines is found where it stands', async (attribute) => {
  expect(await check(`<view\n  ${attribute}="onTpa"/>`, 'Component({});')).toMatchObject([
    { file: 'pages/home/index.wxml', line: 2, column: 3 },
  ]);
});

test('methods of a component answer its template', async () => {
  expect(await check('<view bindtap="onTap"/>', COMPONENT)).toEqual([]);
});

test('a method beside `methods` does not answer the template of a component', async () => {
  expect(await check('<view bindtap="go"/>', 'Component({ methods: {}, go() {} });')).toMatchObject(
    [{ file: 'pages/home/index.wxml' }],
  );
});

test('functions of a page answer its template, and its data do not', async () => {
  const wxml = '<view bindtap="go" catchtap="stop"/>';
  expect(await check(wxml, 'Page({ go() {}, stop: 1 });')).toMatchObject([
    { file: 'pages/home/index.wxml' },
  ]);
  expect(await check(wxml, 'Page({ go() {}, stop: () => {} });')).toEqual([]);
});

test('methods that come through a spread or a behavior answer the template', async () => {
  const found = await check(
    '<view bindtap="go" catchtap="stop" bindinput="type"/>',
    `import { stops } from '../../stops'; import { types } from '../../types';
     const shared = { go() {} };
     Component({ behaviors: [stops, 'wx://form-field'], methods: { ...shared } });`,
    {
      'stops.ts':
        'import { types } from "./types"; export const stops = Behavior({ behaviors: [types], methods: { stop() {} } });',
      'types.ts': 'export const types = Behavior({ methods: { type() {} } });',
    },
  );
  expect(found).toEqual([]);
});

test('of an expression the quoted names must be methods', async () => {
  expect(
    await check(
      `<view bindtap="{{busy ? '' : 'onTap'}}" catchtap="{{a ? 'gone' : ''}}"/>`,
      COMPONENT,
    ),
  ).toMatchObject([{ message: expect.stringContaining('gone') }]);
});

test('an empty handler, which only stops the event, names nothing', async () => {
  expect(await check('<view catchtap=""/>', 'Component({});')).toEqual([]);
});

test('a template that is imported names methods of the page', async () => {
  const found = await check('<import src="row.wxml"/>', 'Page({});', {
    'pages/home/row.wxml': '<template name="a"><view bindtap="go"/></template>',
  });
  expect(found).toMatchObject([{ file: 'pages/home/row.wxml' }]);
});

test('a method named like a handler that no template names is found where it stands', async () => {
  expect(await check('<view/>', 'Component({ methods: {\n  onTap() {},\n} });')).toMatchObject([
    { file: 'pages/home/index.ts', line: 2, column: 3 },
  ]);
});

test('what WeChat calls itself needs no template', async () => {
  expect(
    await check('<view/>', 'Page({ onLoad() {}, onPullDownRefresh() {}, once() {} });'),
  ).toEqual([]);
});

test('a script that defines neither page nor component is found', async () => {
  expect(await check('<view/>', 'export {};')).toMatchObject([{ file: 'pages/home/index.ts' }]);
});
