/** What a folder of functions says: scripts, timeouts, variables and timers. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFunction, listTimers } from '../../../../scripts/local-cloud/functions/function-files';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'function-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, config?: object): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'index.js'), '');
  if (config) await writeFile(join(folder, name, 'config.json'), JSON.stringify(config));
}

describe('a function', () => {
  test('has the platform’s timeout and no variables unless its config.json says otherwise', async () => {
    await write('plain');
    await write('own', { timeout: 20, envVariables: { A: 'x', B: 1 } });
    expect(findFunction(folder, 'plain')).toMatchObject({
      main: join(folder, 'plain/index.js'),
      timeoutSeconds: 3,
      environment: {},
    });
    expect(findFunction(folder, 'own')).toMatchObject({
      timeoutSeconds: 20,
      environment: { A: 'x', B: '1' },
    });
  });

  test('may call the open interfaces that its config.json lists', async () => {
    await write('plain');
    await write('own', { permissions: { openapi: ['wxacode.get', 7] } });
    await write('odd', { permissions: { openapi: 'wxacode.get' } });
    const permissions = ['plain', 'own', 'odd'].map((name) => findFunction(folder, name));
    expect(permissions).toMatchObject([
      { permissions: [] },
      { permissions: ['wxacode.get'] },
      { permissions: [] },
    ]);
  });

  test.each([0, 901, '20'])('has the platform’s timeout in place of %p', async (timeout) => {
    await write('f', { timeout });
    expect(findFunction(folder, 'f')).toMatchObject({ timeoutSeconds: 3 });
  });

  test.each(['missing', '', '..', '../f', 'f/../f', '1f', 'f.js', 'f'.repeat(61)])(
    'is not found by %j',
    async (name) => {
      await write('f');
      expect(findFunction(folder, name)).toBeUndefined();
    },
  );
});

test('files among the functions, and folders without a script, are no functions', async () => {
  await writeFile(join(folder, 'LICENSE'), '');
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'odd/index.js'), { recursive: true });
  expect(listTimers(folder)).toEqual([]);
  for (const name of ['LICENSE', 'empty', 'odd']) {
    expect(findFunction(folder, name)).toBeUndefined();
  }
});

test('each function has one timer at most, and only a trigger that is one counts', async () => {
  const timer = (name: string) => ({ name, type: 'timer', config: '0 0 3 * * * *' });
  await write('two', { triggers: [timer('first'), timer('second')] });
  await write('other', { triggers: [{ ...timer('t'), type: 'cos' }] });
  await write('broken', { triggers: [{ type: 'timer' }] });
  await write('none');
  expect(listTimers(folder)).toEqual([
    { functionName: 'two', name: 'first', config: '0 0 3 * * * *' },
  ]);
});
