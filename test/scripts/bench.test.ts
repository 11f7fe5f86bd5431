import { describe, expect, test } from '@jest/globals';
import { BEGIN, benchTables, driftIn, END, type BenchResults } from '../../scripts/bench/results';

const results: BenchResults = {
  node: 'v20.0.0',
  rows: [
    { id: 'a', text: { en: 'Sign-in', zh: '登录' }, unit: 'ms', ours: 10, other: 40 },
    { id: 'b', text: { en: 'Cycles', zh: '循环' }, unit: 'per second', ours: 1500, other: 3000 },
  ],
  client: [{ id: 'c', text: { en: 'Bytes', zh: '字节' }, value: '3 kB' }],
};
const readme = (shown: BenchResults): string =>
  `a\n${BEGIN}\n${benchTables(shown, 'en')}\n${END}\nb`;
const withOurs = (ours: number): BenchResults => ({
  ...results,
  rows: results.rows.map((row) => (row.id === 'a' ? { ...row, ours } : row)),
});

describe('the tables of a bench', () => {
  test('are aligned, in Chinese too', () => {
    expect(benchTables(results, 'en').split('\n').slice(0, 4)).toEqual([
      '| what    | this project | the other | ratio |',
      '| ------- | ------------ | --------- | ----- |',
      '| Sign-in | 10 ms        | 40 ms     | 0.25  |',
      '| Cycles  | 1,500/s      | 3,000/s   | 0.50  |',
    ]);
    expect(benchTables(results, 'zh').split('\n')[2]).toBe('| 登录 | 10 ms   | 40 ms   | 0.25 |');
  });

  test('are taken for those of another run within noise', () => {
    expect(driftIn(readme(results), withOurs(12), 'en')).toEqual([]);
  });

  test('are told apart beyond it', () => {
    expect(driftIn(readme(results), withOurs(20), 'en')).toEqual([
      'says 0.25 for "Sign-in", and the last run measured 0.50',
    ]);
  });

  test('are missed where they are not', () => {
    expect(driftIn('nothing', results, 'en')).toEqual([
      'has no row "Sign-in"',
      'has no row "Cycles"',
    ]);
  });
});
