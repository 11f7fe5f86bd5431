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
  expect(requires).toEqual([
    { path: 'a/c', line: 1, column: 11 },
    { path: 'd', line: 1, column: 31 },
  ]);
});

test('a variable may have a name that only JavaScript reserves', async () => {
  const { told, failed } = await run(
    page(
      'var class = "a"; var o = { class: class, b: 1 }; o.class += "b"; console.log(class + o.class + (o ? class : 0))',
    ),
  );
  expect([told, failed]).toEqual([['aaba'], []]);
});

test.each([
  ['const a = 1;', 'const', 1],
  ['var f = () => 1;', '=>', 9],
  ['var a = `b`;', 'text between `', 9],
  ['try { a() } catch (e) {}', 'try', 1],
  ['throw 1;', 'throw', 1],
  ['var a = /b/g;', 'regular expressions', 9],
  ['var a = new Date();', 'new (getDate', 9],
  ['for (var a in b) {}', 'for ... in', 1],
  ['for (var a of b) {}', 'for ... of', 1],
  ['a: for (;;) { break a; }', 'labels', 1],
  ['var { a } = b;', '{ } before =', 5],
  ['f(...a);', '...', 3],
  ['function f(...a) {}', '...', 12],
  ['function* f() {}', 'function*', 1],
  ['async function f() {}', 'async', 1],
  ['var a = b?.c;', '?.', 9],
  ['var a = b ?? c;', '??', 9],
  ['a ||= 2;', '||=', 1],
  ['var a = b instanceof c;', 'instanceof', 9],
  ['var a = 1e3;', 'numbers like 1e3', 9],
  ['module.exports = { a };', 'members of objects without a colon', 1],
  ['var a = { b() {} };', 'members of objects without a colon', 11],
  ['var a = { [b]: 1 };', 'names in [ ]', 11],
  ['var a = { get b() { return 1 } };', 'get in objects', 11],
  ['var a = { 1: 2 };', 'numbers as names', 11],
])('WXS is no JavaScript: %s', (source, what, column) => {
  const { problems } = compileWxs('a.wxs', `var first;\n${source}`);
  expect(problems).toMatchObject([{ file: 'a.wxs', line: 2, column }]);
  expect(problems[0]?.message).toContain(`WXS has no ${what}`);
});

test.each([
  'var class = 1, b = a ? "a\\n" : void 0;',
  'var a = { b: 1, "c": function d() { return; }, }; delete a.b;',
  'switch (a) { case 1: break; default: } do { a++; } while (a < 3.5);',
  'f({ a }); a >>>= 1; var b = typeof a, c = a.constructor;',
  'function f(a = 1) { return a.try; }',
])('WXS has all of %s', (source) => {
  expect(compileWxs('a.wxs', source).problems).toEqual([]);
});

test('what WXS has not is told once a file', () => {
  expect(compileWxs('a.wxs', 'let a; let b; const c = 1;').problems).toHaveLength(2);
});
