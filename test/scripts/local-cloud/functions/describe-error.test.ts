import { expect, test } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import { errorDescriber } from '../../../../scripts/local-cloud/functions/instance/describe-error';

const FOLDER = '/home/lin/我的 小程序 #1/login';

function thrownAt(place: string): Error {
  const error = new TypeError('no');
  error.stack = `TypeError: no\n    at main (${place}:3:7)\n    at node:internal/x:1:1`;
  return error;
}

test.each([
  ['a script', `${FOLDER}/index.js`],
  ['an ES module', pathToFileURL(`${FOLDER}/index.js`).href],
])('the place in %s is named from the folder of the function', (_, place) => {
  const { text, headline } = errorDescriber([FOLDER], '/runtime.js')(thrownAt(place));
  expect(text).toBe('TypeError: no\n    at main (index.js:3:7)');
  expect(headline).toBe('TypeError: no (index.js:3:7)');
});

test('the headline of a message with the ends of lines of Windows is its first line', () => {
  const { headline } = errorDescriber([FOLDER], '/runtime.js')('first\r\nsecond');
  expect(headline).toBe('first');
});
