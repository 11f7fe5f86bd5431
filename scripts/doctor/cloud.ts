/** What the cloud holds against what it must: what a deployment would change, as findings. */
import { planChanges, readActual, type Cloud, type Wanted } from '../deploy';
import type { Finding } from '../project/finding';
import { policyFindings } from './policy';

const DEPLOY = 'Run "npm run deploy".';

export async function findInCloud(cloud: Cloud, wanted: Wanted): Promise<Finding[]> {
  const actual = await readActual(cloud, wanted);
  const { changes, blocked, conflict } = planChanges(wanted, actual, { recreate: false });
  return [
    ...changes
      .flatMap(({ lines }) => lines)
      .map((line) => ({ problem: sentenceOf(line), fix: DEPLOY })),
    ...blocked.map((problem) => ({ problem, fix: 'Run "npm run deploy -- --recreate".' })),
    ...(conflict === undefined
      ? []
      : [{ problem: conflict, fix: 'Do that first: "npm run deploy" changes nothing before.' }]),
    ...policyFindings(
      [...actual.functions].map(([name, { variables }]) => ({ name, variables })),
      '云开发控制台 → 云函数 → 配置 → 环境变量',
    ),
  ];
}

/** A line of a plan as a sentence. */
function sentenceOf(line: string): string {
  const [sign, text] = [line.slice(0, 1), line.slice(1).trim()];
  if (sign === '+') return `Not in the cloud: ${text}.`;
  return sign === '-' ? `To be removed: ${text}.` : `Not as described: ${text}.`;
}
