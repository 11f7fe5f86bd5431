import { expect, test } from '@jest/globals';
import { refuse } from '../../../../cloudfunctions/shared/session/refusal';
import { ERROR_CODES } from '../../../support/error-codes';

test.each(ERROR_CODES)('%s tells the person something of its own', (code) => {
  const { message } = refuse(code);
  expect(message).toMatch(/\p{Script=Han}/u);
  expect(ERROR_CODES.filter((other) => refuse(other).message === message)).toEqual([code]);
});

test('what passes by itself may be asked again', () => {
  expect(ERROR_CODES.filter((code) => refuse(code).retryable)).toEqual([
    'TOO_MANY_ATTEMPTS',
    'UNAVAILABLE',
  ]);
});

test('a refusal without a detail has none', () => {
  expect(refuse('INTERNAL')).not.toHaveProperty('detail');
  expect(refuse('INVALID_INPUT', { field: 'data' }).detail).toEqual({ field: 'data' });
});
