import { beforeEach, describe, expect, test } from '@jest/globals';
import { MiniprogramCompileError, type CompiledApp, type Problem } from '#preview';
import { refreshOf, type Refresh } from '../../../scripts/stack/refresh';

const app = (code: string): CompiledApp => ({
  build: { code, styles: '' },
  assets: new Map(),
  warnings: [],
});
const problem = (file: string): Problem => ({ file, line: 1, message: 'is wrong' });

let next: (() => Promise<CompiledApp>)[];
let shown: { app: string; problems: string[] };
let stack: Refresh;

beforeEach(() => {
  next = [];
  shown = { app: 'first', problems: [] };
  stack = refreshOf(
    {
      show: ({ app, problems }) => {
        shown = {
          app: app?.build.code ?? shown.app,
          problems: problems?.map(({ file }) => file) ?? shown.problems,
        };
      },
    },
    () => next.shift()?.() ?? Promise.reject(new Error('nothing to compile')),
  );
});

const compiles = (code: string): void => void next.push(() => Promise.resolve(app(code)));
const fails = (...files: string[]): void =>
  void next.push(() => Promise.reject(new MiniprogramCompileError(files.map(problem))));

describe('a refresh', () => {
  test('that fails says why, and the last good build stays until one succeeds', async () => {
    fails('a.js', 'b.wxml');
    await expect(stack.refresh()).rejects.toBeInstanceOf(MiniprogramCompileError);
    expect(shown).toEqual({ app: 'first', problems: ['a.js', 'b.wxml'] });
    compiles('second');
    await stack.refresh();
    expect(shown).toEqual({ app: 'second', problems: [] });
  });

  test('that fails for another reason passes it on, and shows nothing', async () => {
    await expect(stack.refresh()).rejects.toThrow('nothing to compile');
    expect(shown).toEqual({ app: 'first', problems: [] });
  });

  test('begins when the one before has ended, also when that failed', async () => {
    let end: (app: CompiledApp) => void = () => undefined;
    next.push(() => new Promise((resolve) => (end = resolve)));
    fails('a.js');
    compiles('third');
    const all = [stack.refresh(), stack.refresh(), stack.refresh()];
    await Promise.resolve().then(() => undefined);
    expect(next).toHaveLength(2);
    end(app('first'));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(shown).toEqual({ app: 'third', problems: [] });
  });
});

describe('problems of a build', () => {
  test('stay through a refresh, until they are taken back', async () => {
    stack.showProblems([problem('cloudfunctions/login/index.ts')]);
    compiles('second');
    await stack.refresh();
    expect(shown.problems).toEqual(['cloudfunctions/login/index.ts']);
    stack.showProblems([]);
    expect(shown.problems).toEqual([]);
  });

  test('that a refresh threw are shown once, and as long as they are there', async () => {
    fails('a.js');
    await stack.refresh().catch((error: unknown) => {
      if (error instanceof MiniprogramCompileError) stack.showProblems(error.problems);
    });
    expect(shown.problems).toEqual(['a.js']);
    stack.showProblems([]);
    expect(shown.problems).toEqual(['a.js']);
  });
});
