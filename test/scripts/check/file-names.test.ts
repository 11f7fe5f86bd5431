import { expect, test } from '@jest/globals';
import { wrongNames } from '../../../scripts/check/file-names';

/** Without a file system: those of Windows and macOS would refuse what is to be found. */
const check = (...files: readonly string[]) => wrongNames(files);

test('names that differ in more than case are right', () => {
  expect(check('a/one.ts', 'b/one.ts', 'a/.env', 'a/console.ts')).toEqual([]);
});

test.each([
  ['one.ts', 'One.ts'],
  ['a/one.ts', 'A/two.ts'],
])('%s and %s are one where case does not count', (...files) => {
  expect(check(...files)).toHaveLength(1);
});

test.each(['a:b.ts', 'why?.ts', 'a/aux.ts', 'NUL', 'com1.json', 'ends.'])(
  '%s cannot be checked out on Windows',
  (file) => {
    expect(check(file)).toEqual([{ file, message: 'cannot be a name on Windows' }]);
  },
);
