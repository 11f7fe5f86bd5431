/** Whose requests the server takes, by their Host and Origin. */
import { expect, test } from '@jest/globals';
import { isOwnRequest } from '../../../../scripts/local-cloud/server/loopback';

test.each<[isOwn: boolean, host: string | undefined, origin: string | undefined]>([
  [true, '127.0.0.1:8787', undefined],
  [true, 'localhost:8787', undefined],
  [true, '[::1]:8787', undefined],
  [true, '127.0.0.1:8787', 'http://127.0.0.1:8787'],
  [false, undefined, undefined],
  [false, 'evil.example', undefined],
  [false, '127.0.0.1.evil.example', undefined],
  [false, '127.0.0.1@evil.example', undefined],
  [false, '127.0.0.1:8787', 'http://evil.example'],
  [false, '127.0.0.1:8787', 'http://127.0.0.1:5180'],
  [false, '127.0.0.1:8787', 'http://localhost:8787'],
  [false, '127.0.0.1:8787', 'null'],
])('%p: host %s, origin %s', (isOwn, host, origin) => {
  expect(isOwnRequest(host, origin)).toBe(isOwn);
});
