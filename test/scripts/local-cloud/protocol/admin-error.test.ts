/** Which errors a caller is told about, and in whose words. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { InvalidRequest } from '../../../../scripts/local-cloud/bson/invalid-request';
import {
  AdminError,
  requestFailed,
  systemError,
} from '../../../../scripts/local-cloud/protocol/admin-error';

let printed: unknown[];

beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'error').mockImplementation((...parts) => void printed.push(...parts));
});
afterEach(() => void jest.restoreAllMocks());

test('an invalid request is a failed one, in its own words', () => {
  expect(requestFailed(new InvalidRequest('$in needs an array'))).toMatchObject({
    code: 'DATABASE_REQUEST_FAILED',
    message: '$in needs an array',
  });
  expect(printed).toEqual([]);
});

test('an error of the platform stays what it is', () => {
  const error = new AdminError('DATABASE_TRANSACTION_CONFLICT', 'conflict');
  expect(requestFailed(error)).toBe(error);
  expect(systemError(error)).toBe(error);
});

// What lmdb and JavaScript said once reached the callers.
test.each([
  new Error('Invalid argument: No transaction to renew'),
  new TypeError("Cannot read properties of undefined (reading 'x')"),
  'no error at all',
])('any other error is the system’s, and what it says is only printed: %s', (thrown) => {
  for (const error of [requestFailed(thrown), systemError(thrown)]) {
    expect(error).toMatchObject({
      code: 'SYS_ERR',
      message: 'the local cloud itself failed; see its log',
    });
  }
  expect(printed).toEqual([thrown, thrown]);
});
