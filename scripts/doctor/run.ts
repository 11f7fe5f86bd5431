/** Examines one thing after the other, and prints what is wrong and how to repair it. */
import pc from 'picocolors';
import {
  CloudApiError,
  credentialsIn,
  explain,
  MANAGEMENT_LIBRARY,
  openManagedCloud,
  readWanted,
  type Credentials,
} from '../deploy';
import { CommandError } from '../lib/command-error';
import { installTools } from '../lib/install-tools';
import type { Examination, Finding } from '../project/finding';
import { isEnvId, readEnvId } from '../project/project-settings';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { findInCloud } from './cloud';
import { unknownPermissions } from './policy';
import { projectExaminations } from './project-examinations';

const CLOUD_IS_LEFT_OUT =
  'not examined: the cloud. It needs the id of the environment, and TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY.';

/**
 * Resolves to the exit code.
 *
 * @param envId the environment to examine; default: the one in miniprogram/config.ts
 */
export async function runDoctor(envId = readEnvId(root)): Promise<number> {
  const examinations = projectExaminations(root, process.env);
  const credentials = credentialsIn(process.env);
  const hasEnv = isEnvId(envId);
  if (credentials !== undefined && hasEnv) {
    examinations.push({
      id: 'cloud',
      name: `cloud ${envId}`,
      find: () => examineCloud(credentials, envId),
    });
  }
  let count = 0;
  for (const examination of examinations) count += await report(examination);
  if (credentials === undefined || !hasEnv) console.log(pc.dim(CLOUD_IS_LEFT_OUT));
  for (const line of unknownPermissions(`${root}/cloudfunctions/resources.json`))
    console.log(pc.dim(`not examined: ${line}`));
  if (count === 0) {
    console.log(pc.green('\nNothing is wrong.'));
    return 0;
  }
  console.log(`\n${count} ${count === 1 ? 'thing' : 'things'} to repair.`);
  return 1;
}

async function report({ name, find }: Examination): Promise<number> {
  const findings = await find();
  if (findings.length === 0) console.log(`${pc.green('ok')}     ${name}`);
  for (const { problem, fix } of findings) {
    console.log(`${pc.red('wrong')}  ${name}: ${problem}\n       ${pc.cyan(fix)}`);
  }
  return findings.length;
}

async function examineCloud(credentials: Credentials, envId: string): Promise<Finding[]> {
  try {
    await installTools(MANAGEMENT_LIBRARY);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const problem = 'The management library could not be installed.';
    return [{ problem, fix: 'The npm registry must be reachable once.' }];
  }
  try {
    const cloud = await openManagedCloud(credentials, envId, process.env);
    const resources = readResources(`${root}/cloudfunctions/resources.json`);
    const wanted = await readWanted(root, resources, process.env);
    return await findInCloud(cloud, wanted);
  } catch (error) {
    if (error instanceof CommandError) {
      return [{ problem: `It was not examined. ${error.message}`, fix: 'Repair that first.' }];
    }
    if (!(error instanceof CloudApiError)) throw error;
    const [problem = '', ...fix] = explain(error).split('\n');
    return [{ problem, fix: fix.join(' ') }];
  }
}
