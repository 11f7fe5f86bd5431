import { afterAll, expect, test } from '@jest/globals';
import { Script } from 'node:vm';
import type { MiniprogramBundle } from '../../../../scripts/preview/bundle/bundle';
import { compileMiniprogram } from '../../../../scripts/preview/compile-miniprogram';
import { compileWxs } from '../../../../scripts/preview/compile/wxs';
import { wxsGlobals } from '../../../../scripts/preview/page/phone/miniprogram/wxs-globals';
import {
  removeMiniprograms,
  writeMiniprogram,
  type Files,
} from '../../../support/miniprogram-folder';

afterAll(removeMiniprograms);

/** Runs the WXS of a page, as loading its templates does; gives what `console.log` was told. */
async function run(files: Files): Promise<{ told: unknown[]; failed: unknown[] }> {
  const { script } = await compileMiniprogram(writeMiniprogram(files));
  const failed: unknown[] = [];
  const told: unknown[] = [];
  const load = new Script(`(console) => (${script})`).runInThisContext() as (
    console: object,
  ) => MiniprogramBundle;
  const errors = { report: (file: string, error: Error) => failed.push([file, error.message]) };
  load({ log: (value: unknown) => told.push(value) }).templates({
    ...wxsGlobals({ date: Date, errors: errors as never }),
  });
  return { told, failed };
}

const page = (wxs: string): Files => ({
  'pages/home/index.wxml': `<wxs module="m">${wxs}</wxs><view/>`,
});

test('WXS requires WXS, relative to itself, each once', async () => {
  const { told } = await run({
    ...page('console.log(require("./lib/a.wxs").x); require("../../b.wxs")'),
    'pages/home/lib/a.wxs': 'module.exports = { x: require("../../../b.wxs").x }',
    'b.wxs': 'console.log("once"); module.exports = { x: 1 }',
  });
  expect(told).toEqual(['once', 1]);
});

test('WXS of a file is used beside WXS in the page', async () => {
  const { told } = await run({
    'pages/home/index.wxml':
      '<wxs src="./a.wxs" module="a"/><wxs module="m">console.log(require("./a.wxs").x)</wxs>',
    'pages/home/a.wxs': 'module.exports = { x: 1 }',
  });
  expect(told).toEqual([1]);
});

test('WXS has getRegExp and getDate', async () => {
  const { told } = await run(
    page('console.log([getRegExp("a+", "g").test("caat"), getDate(2020, 0, 2).getDate()])'),
  );
  expect(told).toEqual([[true, 2]]);
});

test('the constructor of a value is the name of its type', async () => {
  const { told } = await run(
    page(
      'var a = [1];\nconsole.log([a.constructor, "".constructor, (1).constructor, true.constructor, ({}).constructor, getDate().constructor, getRegExp("a").constructor])',
    ),
  );
  expect(told).toEqual([['Array', 'String', 'Number', 'Boolean', 'Object', 'Date', 'RegExp']]);
});

test('WXS that fails is reported, and the rest of the mini program is there', async () => {
  const { told, failed } = await run({
    'pages/home/index.wxml':
      '<wxs src="/bad.wxs" module="a"/><wxs module="m">console.log(typeof require("/bad.wxs"))</wxs>',
    'bad.wxs': 'undefined.x',
  });
  expect(failed).toEqual([['bad.wxs', "Cannot read properties of undefined (reading 'x')"]]);
  expect(told).toEqual(['object']);
});

test('what is required twice in one line, or read of what is required, moves nothing else', () => {
  const { code, requires } = compileWxs(
    'a/b.wxs',
    'f(require("./c.wxs"), require("../d.wxs").x.constructor)',
  );
  expect(code).toContain('f(require("/a/c"), wxsConstructor(require("/d").x))');
  expect(requires).toEqual(['a/c', 'd']);
});

test('a variable may have a name that only JavaScript reserves', async () => {
  const { told, failed } = await run(
    page(
      'var class = "a"; var o = { class: class, b: 1 }; o.class += "b"; console.log(class + o.class + (o ? class : 0))',
    ),
  );
  expect([told, failed]).toEqual([['aaba'], []]);
});
