/** `npm run doctor`: what is missing or wrong, and how to repair it. With a key it looks at the cloud too. */
import pc from 'picocolors';
import { parseOptions, runCommand } from '../lib/command-line';
import { CloudApiError } from '../deploy/cloud';
import { credentialsIn } from '../deploy/credentials';
import { explain } from '../deploy/explain';
import { openManagedCloud } from '../deploy/managed-cloud';
import { NotBuiltError, readWanted } from '../deploy/wanted';
import { findInCloud } from '../doctor/cloud';
import type { Examination, Finding } from '../project/finding';
import { projectExaminations } from '../doctor/project';
import { isEnvId, readEnvId } from '../project/project-settings';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { installTools, MANAGEMENT_LIBRARY } from '../lib/install-tools';

async function main(args: readonly string[]): Promise<number> {
  const { env: envId = readEnvId(root) } = parseOptions(args, { env: { type: 'string' } });
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
  if (credentials === undefined || !hasEnv) {
    console.log(
      pc.dim(
        'not examined: the cloud. It needs the id of the environment, and TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY.',
      ),
    );
  }
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

async function examineCloud(
  credentials: NonNullable<ReturnType<typeof credentialsIn>>,
  envId: string,
): Promise<Finding[]> {
  if (!(await installTools(MANAGEMENT_LIBRARY))) {
    return [
      {
        problem: 'The management library could not be installed.',
        fix: 'The npm registry must be reachable once.',
      },
    ];
  }
  try {
    const cloud = await openManagedCloud(credentials, envId, process.env);
    const resources = readResources(`${root}/cloudfunctions/resources.json`);
    const wanted = await readWanted(root, resources, process.env);
    return await findInCloud(cloud, wanted);
  } catch (error) {
    // What is not built is said above.
    if (error instanceof NotBuiltError) return [];
    if (!(error instanceof CloudApiError)) throw error;
    const [problem = '', ...fix] = explain(error).split('\n');
    return [{ problem, fix: fix.join(' ') }];
  }
}

void runCommand('npm run doctor -- [--env ID]', main);
