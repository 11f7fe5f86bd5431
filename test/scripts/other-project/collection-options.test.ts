import { afterEach, describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../scripts/lib/command-error';
import { speak } from '../../../scripts/lib/language';
import { withGiven } from '../../../scripts/other-project';

afterEach(() => {
  speak('en');
});

test('a permission is given to a collection that is there, or makes one', async () => {
  const permission = ['books=READONLY', 'prices=ADMINWRITE'];
  expect(await withGiven(['books', 'notes'], { permission })).toEqual([
    { name: 'books', indexes: [], permission: 'READONLY' },
    'notes',
    { name: 'prices', indexes: [], permission: 'ADMINWRITE' },
  ]);
});

describe('is refused, in both languages:', () => {
  test.each([
    ['no permission', 'books', '--permission must be NAME=READONLY or the like, not "books".'],
    ['of no collection', '=READONLY', '--permission must be NAME='],
    ['of what is no name', 'a b=READONLY', '--permission must name a collection, not "a b".'],
    ...['X', '', 'readonly', ' READONLY', '{"read":true}'].map((value) => [
      `the permission “${value}”`,
      `books=${value}`,
      `--permission books=${value}: a permission is READONLY, PRIVATE, ADMINWRITE or ADMINONLY.`,
    ]),
  ])('%s', async (_, given, sentence) => {
    const giving = () => withGiven([], { permission: ['notes=PRIVATE', given] });
    await expect(giving()).rejects.toThrow(UsageError);
    await expect(giving()).rejects.toThrow(sentence);
    speak('zh');
    await expect(giving()).rejects.toThrow(/--permission .*\p{Script=Han}/u);
  });
});
