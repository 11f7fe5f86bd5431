import { expect, test } from '@jest/globals';
import type { SessionErrorCode } from '../../../../cloudfunctions/shared/session/contract';
import { refuse } from '../../../../cloudfunctions/shared/session/refusal';

const CODES: Record<SessionErrorCode, true> = {
  NO_IDENTITY: true,
  INVALID_INPUT: true,
  SESSION_MISSING: true,
  SESSION_EXPIRED: true,
  SESSION_REPLACED: true,
  SESSION_REVOKED: true,
  SESSION_NOT_FRESH: true,
  TOO_MANY_ATTEMPTS: true,
  UNAVAILABLE: true,
  INTERNAL: true,
};
const codes = Object.keys(CODES) as SessionErrorCode[];

test.each(codes)('%s tells the person something of its own', (code) => {
  const { message } = refuse(code);
  expect(message).toMatch(/\p{Script=Han}/u);
  expect(codes.filter((other) => refuse(other).message === message)).toEqual([code]);
});

test('what passes by itself may be asked again', () => {
  expect(codes.filter((code) => refuse(code).retryable)).toEqual([
    'TOO_MANY_ATTEMPTS',
    'UNAVAILABLE',
  ]);
});

test('a refusal without a detail has none', () => {
  expect(refuse('INTERNAL')).not.toHaveProperty('detail');
  expect(refuse('INVALID_INPUT', { field: 'data' }).detail).toEqual({ field: 'data' });
});
