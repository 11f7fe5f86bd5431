import { expect, test } from '@jest/globals';
import { jsonFault } from '../../../scripts/miniprogram-files/json-fault';

test.each<[string, string, number, number, string]>([
  ['a comma before the end of an object', '{\n  "a": 1,\n}', 2, 9, 'JSON takes no comma before }'],
  ['a comma before the end of an array', '[\r\n1,\r\n]', 2, 2, 'JSON takes no comma before ]'],
  ['a comma too many', '{"a": 1,, "b": 2}', 1, 9, 'expected a name in double quotes but found ,'],
  ['no comma', '{\n"a": "b"\n"c": "d"\n}', 3, 1, 'expected , or } but found "'],
  ['no colon', '{"a" 1}', 1, 6, 'expected : but found 1'],
  ['a comment', '{\n  // a\n}', 2, 3, 'JSON has no comments'],
  ['a comment at the end', '{} /* a */', 1, 4, 'JSON has no comments'],
  ['other quotes', "{'a': 1}", 1, 2, "expected a name in double quotes but found '"],
  ['a name without quotes', '{ab: 1}', 1, 2, 'expected a name in double quotes but found ab'],
  ['a word that is no value', '{"a":\tNaN}', 1, 7, 'expected a value but found NaN'],
  ['a number that is none', '[01]', 1, 2, 'expected a value but found 01'],
  ['a full-width quote', '{“a”: 1}', 1, 2, 'expected a name in double quotes but found “'],
  ['a text without an end', '{"a": "b\n}', 1, 7, 'this text does not end, or is not JSON'],
  ['an escape that is none', '["\\x"]', 1, 2, 'this text does not end, or is not JSON'],
  [
    'an end that is missing',
    '{"a": [1, 2\n',
    2,
    1,
    'expected , or ] but found the end of the file',
  ],
  ['more than one value', '{}\n{}', 2, 1, 'expected the end of the file but found {'],
  ['no value', '', 1, 1, 'expected a value but found the end of the file'],
])('%s has its place', (_, text, line, column, message) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(jsonFault(text)).toEqual({ line, column, message });
});

test.each([
  '{}',
  ' [ ] ',
  '\n{"a": [1, -0.5e+3, "\\u00e9\\n", true, false, null, {}], "": {"b": []}}\r\n',
])('none in %j', (text) => {
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(jsonFault(text)).toBeUndefined();
});
