/** What the cloud holds against what it must: what a deployment would change, as findings. */
import { planChanges, readActual, type Cloud, type Wanted } from '../deploy';
import { text, type Text } from '../lib/language';
import type { Finding } from '../project/finding';
import { policyFindings } from './policy';

const DEPLOY = { zh: '运行 npm run deploy。', en: 'Run "npm run deploy".' };
const RECREATE = {
  zh: '运行 npm run deploy -- --recreate。',
  en: 'Run "npm run deploy -- --recreate".',
};
const DECIDE_FIRST = {
  zh: '请先处理它：在那之前 npm run deploy 什么都不改。',
  en: 'Do that first: "npm run deploy" changes nothing before.',
};
/** What the first character of a line of a plan says. */
const BEGINNINGS: Readonly<Record<string, Text>> = {
  '+': { zh: '云端没有：', en: 'Not in the cloud: ' },
  '-': { zh: '应当删除：', en: 'To be removed: ' },
  '~': { zh: '与描述不符：', en: 'Not as described: ' },
};

export async function findInCloud(cloud: Cloud, wanted: Wanted): Promise<Finding[]> {
  const actual = await readActual(cloud, wanted);
  const { changes, blocked, conflict } = planChanges(wanted, actual, { recreate: false });
  return [
    ...changes
      .flatMap(({ lines }) => lines)
      .map((line) => ({ problem: sentenceOf(line), fix: text(DEPLOY) })),
    ...blocked.map((problem) => ({ problem, fix: text(RECREATE) })),
    ...(conflict === undefined ? [] : [{ problem: conflict, fix: text(DECIDE_FIRST) }]),
    ...policyFindings(
      [...actual.functions].map(([name, { variables }]) => ({ name, variables })),
      '云开发控制台 → 云函数 → 配置 → 环境变量',
    ),
  ];
}

/** A line of a plan as a sentence. */
function sentenceOf(line: string): string {
  const [sign, what] = [line.slice(0, 1), line.slice(1).trim()];
  const beginning = BEGINNINGS[sign] ?? { zh: '', en: '' };
  return text({ zh: `${beginning.zh}${what}。`, en: `${beginning.en}${what}.` });
}
