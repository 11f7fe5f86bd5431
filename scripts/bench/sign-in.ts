/** What signing in costs, beside others in the same run. */
import { build } from '../build';
import { text } from '../lib/language';
import { BUILDING, showProgress } from '../lib/progress';
import { benchClient } from './client';
import { benchColdStart } from './cold-start';
import { benchConnections } from './connections';
import { printTable } from './measure';
import type { BenchRow } from './results';
import { benchSideBySide } from './side-by-side';

export async function benchSignIn(): Promise<void> {
  await showProgress(BUILDING, () => build());
  const [step1, step2, step3, step4] = [
    text({ zh: '冷启动', en: 'Cold start' }),
    text({ zh: '与 Redis 和 better-auth 对比', en: 'Beside Redis and better-auth' }),
    text({ zh: '连接', en: 'Connections' }),
    text({ zh: '手机端', en: 'The phone' }),
  ];
  const cold = await showProgress(`[1/4] ${step1}`, benchColdStart);
  const sides = await showProgress(`[2/4] ${step2}`, benchSideBySide);
  const connections = await showProgress(`[3/4] ${step3}`, benchConnections);
  const client = await showProgress(`[4/4] ${step4}`, benchClient);
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
