import { expect, test } from '@jest/globals';
import { UsageError } from '../../../../scripts/lib/command-error';
import { runGates, type Gate } from '../../../../scripts/check/gates/run-gates';

/** A gate that ends when it is told to. */
function held(name: string, more: Partial<Gate> = {}) {
  const { promise, resolve, reject } = withResolvers();
  const started: string[] = [];
  const gate = { name, run: () => (started.push(name), promise), ...more };
  return { gate, end: resolve, fail: reject, hasStarted: () => started.length > 0 };
}

function withResolvers() {
  let resolve: (output?: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<string | undefined>((onEnd, onError) => {
    [resolve, reject] = [onEnd, onError];
  });
  return { promise, resolve, reject };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function run(gates: readonly Gate[], names: readonly string[] = [], atATime = 2) {
  const lines: string[] = [];
  const exitCode = runGates(gates, { names, atATime, print: (line) => lines.push(line) });
  return { lines, exitCode };
}

test('lines come in the order of the gates, whichever ends first', async () => {
  const [one, two] = [held('one'), held('two')];
  const { lines, exitCode } = run([one.gate, two.gate]);
  two.end('what two printed\nin full');
  await settled();
  expect(lines).toEqual([]);
  one.end();
  expect(await exitCode).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^\S*ok\s.* one$/),
    expect.stringMatching(/FAILED\S* two$/),
    'what two printed\nin full',
    '1 of 2 gates failed: two.',
  ]);
});

test('so many run at a time, the long ones first', async () => {
  const all = [held('one'), held('two'), held('three', { long: true })] as const;
  const { exitCode } = run(all.map(({ gate }) => gate));
  expect(all.map((gate) => gate.hasStarted())).toEqual([true, false, true]);
  all[0].end();
  await settled();
  expect(all[1].hasStarted()).toBe(true);
  all[1].end();
  all[2].end();
  expect(await exitCode).toBe(0);
});

test('what reads the build waits for it, and keeps nobody else waiting', async () => {
  const [reader, build, other] = [held('reader', { after: 'build' }), held('build'), held('other')];
  const { exitCode } = run([reader.gate, build.gate, other.gate]);
  expect([reader.hasStarted(), build.hasStarted(), other.hasStarted()]).toEqual([
    ...[false, true, true],
  ]);
  other.end();
  await settled();
  expect(reader.hasStarted()).toBe(false);
  build.end('failed');
  await settled();
  expect(reader.hasStarted()).toBe(true);
  reader.end();
  expect(await exitCode).toBe(1);
});

test('alone, what reads the build does not wait', async () => {
  const reader = held('reader', { after: 'build' });
  const { exitCode } = run([held('build').gate, reader.gate], ['reader']);
  reader.end();
  expect(await exitCode).toBe(0);
});

test('what throws is thrown once all that ran have ended, and nothing more begins', async () => {
  const [one, two, three] = [held('one'), held('two'), held('three')];
  const { exitCode } = run([one.gate, two.gate, three.gate]);
  let thrown: unknown;
  const caught = exitCode.catch((error: unknown) => {
    thrown = error;
  });
  one.fail(new Error('interrupted'));
  await settled();
  expect(thrown).toBeUndefined();
  two.end();
  await caught;
  expect(thrown).toEqual(new Error('interrupted'));
  expect(three.hasStarted()).toBe(false);
});

test('a name stands for a gate, or for those of a kind; any other is refused', async () => {
  const gates = ['types of test', 'types of scripts', 'lint of test'].map((name) => held(name));
  for (const { end } of gates) end();
  const { lines, exitCode } = run(
    gates.map(({ gate }) => gate),
    ['types'],
  );
  expect(await exitCode).toBe(0);
  expect(lines).toHaveLength(2);
  await expect(
    runGates(
      gates.map(({ gate }) => gate),
      { names: ['typ'], atATime: 2, print: () => undefined },
    ),
  ).rejects.toThrow(UsageError);
});
