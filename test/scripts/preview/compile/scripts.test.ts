import { afterAll, describe, expect, test } from '@jest/globals';
import { SourceMap } from 'node:module';
import { Script } from 'node:vm';
import { transform } from 'esbuild';
import { CompileMemory } from '../../../../scripts/preview/compile/memory';
import { compileMiniprogram } from '../../../../scripts/preview/compile-miniprogram';
import type { MiniprogramBundle } from '../../../../scripts/preview/bundle/bundle';
import { ModuleRegistry } from '../../../../scripts/preview/page/phone/miniprogram/module-registry';
import {
  removeMiniprograms,
  writeMiniprogram,
  type Files,
} from '../../../support/miniprogram-folder';

afterAll(removeMiniprograms);

/** Runs app.js as a phone does; `told` is what the scripts hand to `wx.tell`. */
async function run(files: Files, settings?: object): Promise<unknown[]> {
  const compiled = await compileMiniprogram(writeMiniprogram(files));
  const bundle = asBundle(settings ? compiled.scriptWith(settings) : compiled.script);
  const told: unknown[] = [];
  const wx = { tell: (value: unknown) => told.push(value) };
  const modules = bundle.modules({ wx, App: () => undefined, Date });
  new ModuleRegistry(modules, bundle.config.aliases).run('app');
  await new Promise(setImmediate);
  return told;
}

function asBundle(script: string, filename = 'bundle.js'): MiniprogramBundle {
  return new Script(`(${script})`, { filename }).runInThisContext() as MiniprogramBundle;
}

describe('what a script requires', () => {
  test.each<[string, string, Files]>([
    ['a relative path', './lib/x', { 'lib/x.js': 'module.exports = 1' }],
    ['its suffix', './lib/x.js', { 'lib/x.js': 'module.exports = 1' }],
    ['a folder with an index', './lib', { 'lib/index.js': 'module.exports = 1' }],
    ['a path from the root', '/lib/x', { 'lib/x.js': 'module.exports = 1' }],
    ['a path without a dot', 'lib/x', { 'lib/x.js': 'module.exports = 1' }],
    ['a name with a dot in it', './x.min', { 'x.min.js': 'module.exports = 1' }],
    ['TypeScript', './x', { 'x.ts': 'const one: number = 1;\nexport = one;' }],
    ['a package', 'pack', { 'miniprogram_npm/pack/index.js': 'module.exports = 1' }],
    ['a file of a package', 'pack/x', { 'miniprogram_npm/pack/x.js': 'module.exports = 1' }],
  ])('by %s', async (_, request, files) => {
    expect(await run({ 'app.js': `wx.tell(require("${request}"))`, ...files })).toEqual([1]);
  });

  test('is looked for from its own folder up, in every miniprogram_npm', async () => {
    const files = {
      'app.js': 'require("./shop/pages/x")',
      'shop/pages/x.js': 'wx.tell([require("near"), require("far"), require("both")])',
      'shop/miniprogram_npm/near/index.js': 'module.exports = "near"',
      'miniprogram_npm/far/index.js': 'module.exports = "far"',
      'shop/miniprogram_npm/both/index.js': 'module.exports = "near"',
      'miniprogram_npm/both/index.js': 'module.exports = "far"',
    };
    expect(await run(files)).toEqual([['near', 'far', 'near']]);
  });

  test('by an alias of app.json, the longest first', async () => {
    const files = {
      'app.json': {
        pages: ['pages/home/index'],
        resolveAlias: { '~/*': '/*', '~/lib/*': 'other/*', tool: '/tools/one' },
      },
      'app.js': 'wx.tell([require("~/x"), require("~/lib/x"), require("tool")])',
      'x.js': 'module.exports = "root"',
      'other/x.js': 'module.exports = "other"',
      'tools/one.js': 'module.exports = "tool"',
    };
    expect(await run(files)).toEqual([['root', 'other', 'tool']]);
  });

  test('runs once, also when it requires in a circle', async () => {
    const files = {
      'app.js': 'require("./a"); require("/b.js"); require("./a.js")',
      'a.js': 'exports.early = 1; require("./b"); wx.tell("a")',
      'b.js': 'wx.tell(require("./a").early)',
    };
    expect(await run(files)).toEqual([1, 'a']);
  });

  test('and is not there is named when it is required, and before that only warned of', async () => {
    const files = {
      'app.js': 'try {\n  require("./lib/gone") } catch ({ message }) { wx.tell(message) }',
    };
    expect(await run(files)).toEqual([
      "module 'lib/gone.js' is not defined, require args is './lib/gone'",
    ]);
    const { warnings } = await compileMiniprogram(writeMiniprogram(files));
    expect(warnings).toEqual([
      { file: 'app.js', line: 2, column: 11, message: 'requires ./lib/gone, which is not there' },
    ]);
  });

  test('in a comment or a string is not looked for', async () => {
    const { warnings } = await compileMiniprogram(
      writeMiniprogram({ 'app.js': '// require("./a")\nconst text = "require(\'./b\')";' }),
    );
    expect(warnings).toEqual([]);
  });

  test('may come later, as a promise and to a callback', async () => {
    const files = {
      'app.js': `require.async('./x').then((x) => wx.tell(x));
require('./x', (x) => wx.tell(x));
require('./gone', () => wx.tell('never'), ({ mod }) => wx.tell(mod));`,
      'x.js': 'module.exports = 1',
    };
    expect(await run(files)).toEqual([1, 1, './gone']);
  });

  test('fails again for the next one when it failed', async () => {
    const twice = 'try { require("./bad") } catch ({ message }) { wx.tell(message) }\n'.repeat(2);
    expect(await run({ 'app.js': twice, 'bad.js': 'throw new Error("bad")' })).toEqual([
      'bad',
      'bad',
    ]);
  });
});

describe('what scripts are written in', () => {
  test('ES modules', async () => {
    const files = {
      'app.js': `import standard, { named as other } from './a';
import * as all from './a';
import old from './old';
wx.tell([standard, other, all.again, old.x]);
import('./a').then(({ named }) => wx.tell(named));`,
      'a.js': 'export default 1;\nexport const named = 2;\nexport * from "./b";',
      'b.js': 'export let again = 3',
      'old.js': 'module.exports = { x: 4 }',
    };
    expect(await run(files)).toEqual([[1, 2, 3, 4], 2]);
  });

  test('TypeScript, in app.ts and pages', async () => {
    const files = {
      'app.js': 'require("./typed")',
      'typed.ts': `import type { T } from './gone';
import { x } from './x';
enum Kind { One = 1 }
wx.tell([x as number, Kind.One satisfies T]);`,
      'x.ts': 'export const x: number = 2;',
    };
    expect(await run(files)).toEqual([[2, 1]]);
  });

  test('newer syntax, as it stands', async () => {
    expect(await run({ 'app.js': 'const a = { b: null };\nwx.tell(a?.b ?? 1)' })).toEqual([1]);
  });

  test('what only a script that is not strict may do', async () => {
    expect(await run({ 'app.js': 'for (i = 0; i < 2; i++);\nwx.tell(i)\nreturn' })).toEqual([2]);
  });

  test('the words import and export, in a script that is none of them', async () => {
    const text = 'with ({ a: 1 }) wx.tell(a); // import, export\nvar text = "export default 1"';
    expect(await run({ 'app.js': text })).toEqual([1]);
  });

  test('without what WeChat’s script layer lacks', async () => {
    const text = 'wx.tell([typeof document, typeof fetch, typeof window, typeof process])';
    expect(await run({ 'app.js': text })).toEqual([Array(4).fill('undefined')]);
  });
});

describe('a syntax error', () => {
  test.each<[string, Files, string]>([
    ['in a script', { 'app.js': 'var a = 1;\nvar = 2' }, 'app.js:2:5: Unexpected token'],
    [
      'in an ES module',
      { 'app.js': 'require("./a")', 'a.js': 'export const a = 1;\nexport cons b' },
      'a.js:2:8: Unexpected token',
    ],
    [
      'in TypeScript',
      { 'app.js': 'require("./a")', 'a.ts': '\nconst a: = 1' },
      'a.ts:2:10: Unexpected token',
    ],
  ])('%s is told with file, line and column', async (_, files, message) => {
    await expect(compileMiniprogram(writeMiniprogram(files))).rejects.toThrow(message);
  });

  test('in several scripts is told of each', async () => {
    const files = { 'app.js': 'require("./a"); require("./b")', 'a.js': '{', 'b.js': '}' };
    await expect(compileMiniprogram(writeMiniprogram(files))).rejects.toMatchObject({
      problems: [{ file: 'a.js' }, { file: 'b.js' }],
    });
  });

  test('in what nothing requires is not looked at', async () => {
    await expect(
      compileMiniprogram(writeMiniprogram({ 'gulpfile.js': '{' })),
    ).resolves.toBeDefined();
  });
});

describe('settings of another provider', () => {
  const files = {
    'app.js': 'wx.tell(require("./config"))',
    'config.js': 'exports.a = 1;\nexports.b = 2;',
  };

  test('take the place of what config.js exports', async () => {
    expect(await run(files)).toEqual([{ a: 1, b: 2 }]);
    expect(await run(files, { b: 3 })).toEqual([{ a: 1, b: 3 }]);
  });

  test('move no line', async () => {
    const { script, scriptWith } = await compileMiniprogram(writeMiniprogram(files));
    expect(scriptWith({ b: 3 }).split('\n')).toHaveLength(script.split('\n').length);
  });
});

describe('the lines of the bundle', () => {
  const typescript = `/** A type
 * of some lines. */
interface Unused { a: 1 }

export function fail(): never {
  throw new Error('here');
}`;

  async function built(): Promise<Files> {
    const { code } = await transform(typescript, {
      loader: 'ts',
      format: 'cjs',
      sourcemap: 'inline',
      sourcefile: '../../miniprogram/lib/fail.ts',
    });
    return { 'app.js': 'require("./lib/fail").fail()', 'lib/fail.js': code };
  }

  /** Line in the bundle, from 1, at which the mini program fails. */
  async function failure(): Promise<{ line: number; bundle: MiniprogramBundle; map: string }> {
    const compiled = await compileMiniprogram(writeMiniprogram(await built()));
    const bundle = asBundle(compiled.script);
    try {
      new ModuleRegistry(bundle.modules({}), {}).run('app');
    } catch (error) {
      const line = /bundle\.js:(\d+)/.exec(String((error as Error).stack))?.[1];
      return { line: Number(line), bundle, map: compiled.sourceMap };
    }
    throw new Error('it did not fail');
  }

  test('are told by the source map, of scripts that come with one and of others', async () => {
    const { line, map } = await failure();
    const sections = (JSON.parse(map) as { sections: { offset: { line: number }; map: never }[] })
      .sections;
    const entries = sections.map((section) =>
      new SourceMap(section.map).findEntry(line - 1 - section.offset.line, 20),
    );
    expect(entries[1]).toMatchObject({
      originalSource: 'miniprogram/lib/fail.ts',
      originalLine: 5,
    });
    expect(sections[0]?.map).toMatchObject({
      sources: ['app.js'],
      sourcesContent: ['require("./lib/fail").fail()'],
    });
  });

  test('are told by its places', async () => {
    const { line, bundle } = await failure();
    const place = bundle.places.findLast((script) => script.line <= line);
    expect(place?.file).toBe('miniprogram/lib/fail.ts');
    expect(place?.lines?.[line - place.line]).toBe(6);
  });
});

test('only what changed is compiled again', () => {
  const memory = new CompileMemory();
  const made: string[] = [];
  const remember = (text: string): string =>
    memory.remember('script a.js', text, () => {
      made.push(text);
      return text.toUpperCase();
    });
  expect([remember('a'), remember('a'), remember('b'), remember('a')]).toEqual([
    ...['A', 'A', 'B', 'A'],
  ]);
  expect(made).toEqual(['a', 'b', 'a']);
});
