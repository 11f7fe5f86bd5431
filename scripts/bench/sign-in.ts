/** What signing in costs, beside others in the same run. */
import { build } from '../build';
import { benchClient } from './client';
import { benchColdStart } from './cold-start';
import { benchConnections } from './connections';
import { printTable } from './measure';
import type { BenchRow } from './results';
import { benchSideBySide } from './side-by-side';

export async function benchSignIn(): Promise<void> {
  await build();
  const step = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    console.log(`${what} ...`);
    return run();
  };
  const cold = await step('Cold start', benchColdStart);
  const sides = await step('Beside Redis and better-auth', benchSideBySide);
  const connections = await step('Connections', benchConnections);
  const client = await step('The phone', benchClient);
  console.log('');
  printTable(
    ['what', 'this project', 'the other', 'ratio'],
    [...cold, ...connections, ...sides].map((row) => [
      row.text,
      valueOf(row.ours, row.unit),
      valueOf(row.other, row.unit),
      row.ours / row.other,
    ]),
  );
  for (const { text, value } of client) console.log(`${text}: ${value}`);
}

const valueOf = (value: number, unit: BenchRow['unit']): string =>
  `${Number(value.toPrecision(3)).toLocaleString('en')} ${unit}`;
