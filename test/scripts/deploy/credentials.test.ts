import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from '../../../scripts/lib/command-error';
import { askForCredentials, requireCredentials } from '../../../scripts/deploy/credentials';

/** A terminal at which this is typed, and which then ends. */
async function ask(typed: string) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = askForCredentials(input, output).catch((error: unknown) => error);
  for (const line of typed.split(/(?<=\n)/)) {
    input.write(line);
    // The next question is asked by then.
    await setImmediate();
  }
  input.end();
  const settled = await answer;
  return { settled, shown: String(output.read() ?? '') };
}

test('what is typed is the key, and its secret is not shown', async () => {
  const { settled, shown } = await ask('AKIDtyped\nvery-secret\n');
  expect(settled).toEqual({ secretId: 'AKIDtyped', secretKey: 'very-secret' });
  expect(shown).not.toContain('very-secret');
});

test.each(['', '\n', 'AKIDtyped\n', 'AKIDtyped\n\n'])(
  'an input that ends after %j is refused, and does not end the program as if all were done',
  async (typed) => {
    expect((await ask(typed)).settled).toBeInstanceOf(UsageError);
  },
);

test('a key is needed only where nobody can be asked for it', () => {
  const key = { TENCENTCLOUD_SECRETID: 'a', TENCENTCLOUD_SECRETKEY: 'b' };
  expect(() =>
    requireCredentials({}, () => Promise.reject(new Error('not asked yet'))),
  ).not.toThrow();
  expect(() => requireCredentials(key)).not.toThrow();
  expect(() => requireCredentials({})).toThrow(UsageError);
  expect(() => requireCredentials({ ...key, TENCENTCLOUD_SECRETKEY: '' })).toThrow(
    /set TENCENTCLOUD_SECRETKEY /,
  );
});
