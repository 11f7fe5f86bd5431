/** The order of what a function prints and what its runtime says. */
import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { orderOutput } from '../../../../scripts/local-cloud/functions/instance-output';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('an answer waits for the lines that were printed before it, and for no others', async () => {
  const pipe = new PassThrough();
  const seen: string[] = [];
  const inOrder = orderOutput(pipe, (line) => seen.push(line));
  inOrder.after(0, () => seen.push('ready'));
  inOrder.after(2, () => seen.push('answer'));
  pipe.write('one\ntw');
  await soon();
  expect(seen).toEqual(['ready', 'one']);
  pipe.write('o\nthree\n');
  await soon();
  expect(seen).toEqual(['ready', 'one', 'two', 'answer', 'three']);
});

test('a character that arrives in two parts is one', async () => {
  const pipe = new PassThrough();
  const seen: string[] = [];
  orderOutput(pipe, (line) => seen.push(line));
  const bytes = Buffer.from('登录\n');
  pipe.write(bytes.subarray(0, 1));
  pipe.write(bytes.subarray(1));
  await soon();
  expect(seen).toEqual(['登录']);
});
