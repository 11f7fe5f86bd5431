import { expect, test } from '@jest/globals';
import { onceAtATime } from '../../../miniprogram/session/once-at-a-time';

/** A run that ends when it is told to, and how often it was begun. */
function runs() {
  const begun: { end: (value: string) => void; fail: (reason: Error) => void }[] = [];
  const run = onceAtATime(
    () =>
      new Promise<string>((resolve, reject) => {
        begun.push({ end: resolve, fail: reject });
      }),
  );
  return { begun, run };
}

test('everybody who calls while a run is under way gets its result', async () => {
  const { begun, run } = runs();
  const all = Promise.all([run(), run(), run()]);
  expect(begun).toHaveLength(1);
  begun[0]?.end('done');
  expect(await all).toEqual(['done', 'done', 'done']);
});

test('a call after the end begins another run', async () => {
  const { begun, run } = runs();
  const first = run();
  begun[0]?.end('first');
  await first;
  const second = run();
  expect(begun).toHaveLength(2);
  begun[1]?.end('second');
  expect(await second).toBe('second');
});

test('a rejected run rejects for all who await it, and the next call runs again', async () => {
  const { begun, run } = runs();
  const both = Promise.allSettled([run(), run()]);
  begun[0]?.fail(new Error('no network'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = run();
  expect(begun).toHaveLength(2);
  begun[1]?.end('done');
  expect(await again).toBe('done');
});
