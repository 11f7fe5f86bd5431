import { expect, test } from '@jest/globals';
import { createRateLimit } from '../../../../cloudfunctions/shared/counters/rate-limit';

const at = (ms: number): Date => new Date(1_000_000 + ms);
const options = { limit: 3, windowMs: 100 };

test('as many as the limit get through within the window, whoever else does', () => {
  const take = createRateLimit(options);
  for (const ms of [0, 10, 20]) expect(take('lin', at(ms))).toBeUndefined();
  expect(take('lin', at(30))).toEqual(at(100));
  expect(take('zhou', at(30))).toBeUndefined();
});

test('the next gets through when it was told, and not a millisecond before', () => {
  const take = createRateLimit(options);
  for (const ms of [0, 10, 20]) take('lin', at(ms));
  expect(take('lin', at(99))).toEqual(at(100));
  expect(take('lin', at(100))).toBeUndefined();
  expect(take('lin', at(101))).toEqual(at(110));
});

test('what was refused is not counted', () => {
  const take = createRateLimit(options);
  for (const ms of [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]) take('lin', at(ms));
  expect([100, 110, 120].map((ms) => take('lin', at(ms)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a clock that is set back keeps nobody out', () => {
  const take = createRateLimit(options);
  for (const ms of [5_000, 5_001, 5_002]) take('lin', at(ms));
  expect(take('lin', at(0))).toBeUndefined();
});

test('whoever was quiet longest is forgotten, so that the memory is bounded', () => {
  const take = createRateLimit({ limit: 1, windowMs: 100, maxKeys: 2 });
  take('first', at(0));
  take('second', at(0));
  expect(take('first', at(1))).toEqual(at(100));
  take('third', at(2));
  expect(take('first', at(3))).toEqual(at(100));
  expect(take('second', at(3))).toBeUndefined();
});
