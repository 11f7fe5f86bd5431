/** How a multipart body is split. */
import { describe, expect, test } from '@jest/globals';
import { splitMultipart } from '../../../../scripts/local-cloud/protocol/multipart';

const TYPE = 'multipart/form-data; boundary=B';

const part = (name: string, content: string): string =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;

const split = (body: string, type = TYPE): Record<string, string> =>
  Object.fromEntries(
    [...splitMultipart(Buffer.from(body, 'latin1'), type)].map(([name, bytes]) => [
      name,
      bytes.toString('latin1'),
    ]),
  );

test('parts have names, and content that may be empty', () => {
  expect(split(`${part('a', 'one')}${part('b', '')}--B--\r\n`)).toEqual({ a: 'one', b: '' });
  expect(split('--B--')).toEqual({});
});

test.each(['\r\n', '--B', '--B\r\n', '\r\n--Bx', '\r\n--B-\r\n', '\r\n\r\n', '\x00\xff\xfe'])(
  'content is kept as it is, also with %j in it',
  (piece) => {
    const content = `x${piece}y${piece}`;
    expect(split(`${part('a', content)}${part('b', content)}--B--`)).toEqual({
      a: content,
      b: content,
    });
  },
);

test('a part may have other headers, in any case, and lines may stand before the first', () => {
  const headers = 'content-type: x/y\r\ncontent-disposition: FORM-DATA; filename="f"; name="a"';
  expect(split(`preamble\r\n--B\r\n${headers}\r\n\r\none\r\n--B--`)).toEqual({ a: 'one' });
});

test.each(['multipart/form-data; boundary="B"', 'Multipart/Form-Data; charset=x; boundary=B; q=1'])(
  'the boundary is found in %s',
  (type) => {
    expect(split(`${part('a', 'one')}--B--`, type)).toEqual({ a: 'one' });
  },
);

describe('what is malformed is refused by what is wrong', () => {
  test.each([
    ['', 'last boundary'],
    ['a=b', 'last boundary'],
    [part('a', 'one'), 'last boundary'],
    [`${part('a', 'one')}--C--`, 'last boundary'],
    ['--B\r\nno headers\r\n--B--', 'no headers'],
    ['--B\r\nX: y\r\n\r\none\r\n--B--', 'no name'],
    [`${part('a', 'one')}${part('a', 'two')}--B--`, 'two parts named "a"'],
  ])('%j: %s', (body, reason) => {
    expect(() => split(body)).toThrow(expect.objectContaining({ code: 'INVALID_PARAM' }));
    expect(() => split(body)).toThrow(reason);
  });

  test('and so is one whose boundary is not told', () => {
    expect(() => split('--B--', 'multipart/form-data')).toThrow('no boundary');
  });
});
