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

test('timers are those of the functions that can run', async () => {
  const timer = { name: 'nightly', type: 'timer', config: '0 0 3 * * * *' };
  await write('timed', { triggers: [timer] });
  await write('broken', { triggers: [timer], timeout: 'long' });
  await write('none');
  expect(listTimers(folder)).toEqual([
    { functionName: 'timed', name: 'nightly', config: '0 0 3 * * * *' },
  ]);
});

test('a function with a config.json that is wrong is there, and says what is wrong', async () => {
  await write('wrong', { timeout: 'long' });
  expect(findFunction(folder, 'wrong')).toMatchObject({
    problem: expect.stringContaining(join('wrong', 'config.json:1:12: "timeout" must be')),
  });
  await writeFile(join(folder, 'wrong/config.json'), '{}');
  expect(findFunction(folder, 'wrong')).not.toHaveProperty('problem');
});

test('a folder that is gone for a moment holds no functions', () => {
  expect(listTimers(join(folder, 'gone'))).toEqual([]);
});
