/** One instance: when a call of it counts as answered, as timed out, as not begun. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startInstance,
  type CallOutput,
  type FunctionInstance,
  type InstanceOutcome,
} from '../../../../scripts/local-cloud/functions/function-instance';
import { findFunction } from '../../../../scripts/local-cloud/functions/function-files';
import { buildRuntime } from '../../../../scripts/local-cloud/functions/runtime-file';

const ONE_SECOND_MS = 1_000;
const A_MINUTE_MS = 60_000;
const quiet: CallOutput = { line: () => undefined, detail: () => undefined };

let folder: string;
let instance: FunctionInstance | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'instance-'));
});
afterEach(async () => {
  await instance?.kill();
  await rm(folder, { recursive: true });
});

async function start(code: string): Promise<FunctionInstance> {
  await writeFile(join(folder, 'index.js'), code);
  const files = findFunction(join(folder, '..'), folder.split('/').at(-1) ?? '');
  if (files === undefined) throw new Error('there is no such function');
  instance = startInstance(1, await buildRuntime(folder), files, {}, () => undefined);
  return instance;
}

function invoke(of: FunctionInstance, timeoutMs: number): Promise<InstanceOutcome> {
  const message = { event: {}, context: {}, variables: {}, keepStale: false, clockOffsetMs: 0 };
  return of.invoke(message, timeoutMs, quiet);
}

// Calls that came right after `killInstances` were once given to those that were ending.
test('an instance that was killed is out from that moment', async () => {
  const warm = await start('exports.main = () => 1;');
  await invoke(warm, A_MINUTE_MS);
  const killed = warm.kill();
  expect(warm.alive).toBe(false);
  expect(await invoke(warm, A_MINUTE_MS)).toEqual({ kind: 'notBegun' });
  await killed;
});

// It once ended the local cloud.
test('data that is nested too deeply fails its call alone', async () => {
  const cold = await start('exports.main = () => 1;');
  const event: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
  const message = { event, context: {}, variables: {}, keepStale: false, clockOffsetMs: 0 };
  expect(await cold.invoke(message, A_MINUTE_MS, quiet)).toMatchObject({
    kind: 'crashed',
    failure: { headline: expect.stringContaining('Maximum call stack size exceeded') },
  });
});

describe('a call', () => {
  // It once counted as timed out: timers come before what was received.
  test('that was answered in time is answered, however long nobody read the answer', async () => {
    const warm = await start('exports.main = () => 1;');
    await invoke(warm, A_MINUTE_MS);
    const call = invoke(warm, ONE_SECOND_MS);
    // This process does nothing meanwhile, and the instance has the machine for itself.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * ONE_SECOND_MS);
    expect(await call).toEqual({ kind: 'returned', json: '1' });
  });

  test('that is not answered in time has timed out', async () => {
    const warm = await start('exports.main = () => new Promise(() => {});');
    expect(await invoke(warm, 1)).toEqual({ kind: 'timedOut' });
    expect(warm.alive).toBe(false);
  });

  // It once was given to a process that was about to end, and failed.
  test('of an instance that is being ended is not begun', async () => {
    const warm = await start('exports.main = () => 1;');
    await invoke(warm, A_MINUTE_MS);
    const ended = warm.kill();
    expect(await invoke(warm, A_MINUTE_MS)).toEqual({ kind: 'notBegun' });
    await ended;
  });

  test('of an instance that ends of its own accord is not begun', async () => {
    // It ends as soon as it has answered, before it reads another message.
    const code =
      'exports.main = () => { process.nextTick(() => setImmediate(process.exit)); return 1; };';
    const warm = await start(code);
    expect(await invoke(warm, A_MINUTE_MS)).toEqual({ kind: 'returned', json: '1' });
    expect(await invoke(warm, A_MINUTE_MS)).toEqual({ kind: 'notBegun' });
  });
});

test('the runtime itself refuses to answer when it took more memory than it may', async () => {
  await writeFile(join(folder, 'index.js'), 'exports.main = () => 1;');
  // Less than Node needs.
  const child = fork(await buildRuntime(folder), [join(folder, 'index.js'), '8', 'f'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
  });
  const said: { type: string }[] = [];
  child.on('message', (message: { type: string }) => said.push(message));
  child.send({ event: {}, context: {}, variables: {}, keepStale: false, clockOffsetMs: 0 });
  await new Promise((resolve) => child.once('close', resolve));
  expect(said).toMatchObject([
    { type: 'ready' },
    { type: 'ending', failure: { text: expect.stringContaining('FUNCTIONS_MEMORY_LIMIT') } },
  ]);
});
