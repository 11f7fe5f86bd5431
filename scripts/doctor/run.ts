/** Examines one thing after the other, and prints what is wrong and how to repair it. */
import {
  CloudApiError,
  credentialsIn,
  explain,
  hasPartOfKey,
  MANAGEMENT_LIBRARY,
  openManagedCloud,
  readWanted,
  requireCredentials,
  type Credentials,
} from '../deploy';
import { CommandError } from '../lib/command-error';
import { coloursOn } from '../lib/colours';
import { displayWidth } from '../lib/display-width';
import { installTools } from '../lib/install-tools';
import { text } from '../lib/language';
import { MOSTLY_QUICK, showProgress } from '../lib/progress';
import type { Examination, Finding } from '../project/finding';
import { isEnvId, readEnvId } from '../project/project-settings';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { findInCloud } from './cloud';
import { unknownPermissions } from './policy';
import { projectExaminations } from './project-examinations';
import type { DoctorReport } from './report';

const CLOUD_IS_LEFT_OUT = {
  zh: '云端，须填好环境 ID，并设置 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY。',
  en: 'the cloud. It needs the id of the environment, and TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY.',
};

/**
 * Resolves to the exit code.
 *
 * @throws UsageError where it can't look into a cloud that it is to look into
 * @param env the environment to examine; default: the one in miniprogram/config.ts
 * @param answer takes what was found, in the place of lines on stdout
 */
export async function runDoctor(
  env?: string,
  answer?: (report: DoctorReport) => void,
): Promise<number> {
  // Who names an environment, or sets half of a key, wants the cloud to be looked at.
  if (env !== undefined || hasPartOfKey(process.env)) requireCredentials(process.env);
  const envId = env ?? readEnvId(root);
  const examinations = projectExaminations(root, process.env);
  const credentials = credentialsIn(process.env);
  const hasEnv = isEnvId(envId);
  if (credentials !== undefined && hasEnv) {
    examinations.push({
      id: 'cloud',
      name: text({ zh: `云端 ${envId}`, en: `cloud ${envId}` }),
      find: () => examineCloud(credentials, envId),
    });
  }
  const notExamined = [
    ...(credentials === undefined || !hasEnv ? [text(CLOUD_IS_LEFT_OUT)] : []),
    ...unknownPermissions(`${root}/cloudfunctions/resources.json`),
  ];
  const examined: DoctorReport['examinations'][number][] = [];
  for (const { id, name, find } of examinations) {
    const findings = await foundBy(find);
    examined.push({ id, ok: findings.length === 0, findings });
    if (answer === undefined) print(name, findings);
  }
  const count = examined.flatMap(({ findings }) => findings).length;
  const ok = count === 0;
  const environment = hasEnv ? envId : null;
  if (answer === undefined) printEnd(count, notExamined);
  else answer({ version: 1, ok, environment, examinations: examined, notExamined });
  return ok ? 0 : 1;
}

/** What could not be examined is wrong too. */
async function foundBy(find: Examination['find']): Promise<readonly Finding[]> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [
      { problem: error.message, fix: text({ zh: '请先改正它。', en: 'Repair that first.' }) },
    ];
  }
}

function print(name: string, findings: readonly Finding[]): void {
  const { cyan, green, red } = coloursOn(process.stdout);
  const [fine, wrong] = [text({ zh: '正常', en: 'ok   ' }), text({ zh: '有误', en: 'wrong' })];
  if (findings.length === 0) console.log(`${green(fine)}  ${name}`);
  const indent = ' '.repeat(displayWidth(wrong) + 2);
  for (const { problem, fix } of findings) {
    const colon = text({ zh: '：', en: ': ' });
    console.log(`${red(wrong)}  ${name}${colon}${problem}\n${indent}${cyan(fix)}`);
  }
}

function printEnd(count: number, notExamined: readonly string[]): void {
  const { dim, green } = coloursOn(process.stdout);
  for (const reason of notExamined) {
    console.log(dim(text({ zh: `未检查：${reason}`, en: `not examined: ${reason}` })));
  }
  if (count === 0) {
    console.log(green(text({ zh: '\n一切正常。', en: '\nNothing is wrong.' })));
    return;
  }
  const things = count === 1 ? 'thing' : 'things';
  console.log(text({ zh: `\n有 ${count} 处要修。`, en: `\n${count} ${things} to repair.` }));
}

async function examineCloud(credentials: Credentials, envId: string): Promise<Finding[]> {
  try {
    await installTools(MANAGEMENT_LIBRARY);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [
      {
        problem: text({
          zh: '没有检查：腾讯云管理端 SDK 没有装上。',
          en: 'It was not examined: the management library could not be installed.',
        }),
        fix: text({
          zh: 'npm 源须能访问一次。',
          en: 'The npm registry must be reachable once.',
        }),
      },
    ];
  }
  try {
    const cloud = await openManagedCloud(credentials, envId, process.env);
    const resources = readResources(`${root}/cloudfunctions/resources.json`);
    const wanted = await readWanted(root, resources, process.env);
    const asking = text({ zh: '正在检查云端', en: 'Examining the cloud' });
    return await showProgress(asking, () => findInCloud(cloud, wanted), MOSTLY_QUICK);
  } catch (error) {
    if (error instanceof CommandError) {
      return [
        {
          problem: text({
            zh: `没有检查：${error.message}`,
            en: `It was not examined. ${error.message}`,
          }),
          fix: text({ zh: '请先改正它。', en: 'Repair that first.' }),
        },
      ];
    }
    if (!(error instanceof CloudApiError)) throw error;
    const [problem = '', ...fix] = explain(error).split('\n');
    return [{ problem, fix: fix.join(' ') }];
  }
}
