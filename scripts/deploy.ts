/** `npm run deploy`: functions, collections, permissions and indexes, as cloudfunctions/resources.json says. */
import pc from 'picocolors';
import { build } from './build';
import { UsageError } from './command-line';
import { applyPlan } from './deploy/apply';
import { CloudApiError, type Cloud } from './deploy/cloud';
import { askForCredentials, credentialsIn } from './deploy/credentials';
import { explain } from './deploy/explain';
import { openManagedCloud } from './deploy/managed-cloud';
import { readDeployOptions, USAGE } from './deploy/options';
import { planChanges, type Plan } from './deploy/plan';
import { readActual, readWanted } from './deploy/wanted';
import { projectExaminations } from './doctor/project';
import { isEnvId, readEnvId } from './project-settings';
import { root } from './root';
import { installTools, MANAGEMENT_LIBRARY } from './tools/install-tools';

/** Of the doctor's examinations, those that concern what is deployed. */
const EXAMINED = new Set(['resources', 'build', 'built files', 'sizes', 'policy', 'gateway']);

async function main(args: readonly string[]): Promise<number> {
  const options = readDeployOptions(args);
  const { dryRun, recreate, envId = readEnvId(root) } = options;
  if (!isEnvId(envId)) {
    throw new UsageError(
      'There is no environment to deploy to: put its id into miniprogram/config.ts (cloudEnvId), or pass --env ID.',
    );
  }
  if (options.build) await build();
  if (!(await installTools(MANAGEMENT_LIBRARY))) {
    console.error('Installing failed: the npm registry must be reachable once.');
    return 1;
  }
  // What would be broken there is not sent.
  const broken = await brokenParts();
  if (broken.length > 0) {
    console.error(broken.join('\n'));
    return 1;
  }
  const { wanted, leftOut } = await readWanted(root, process.env);
  const credentials = credentialsIn(process.env) ?? (await askForCredentials());
  const cloud = await openManagedCloud(credentials, envId, process.env);
  const look = async (): Promise<Plan> =>
    planChanges(wanted, await readActual(cloud, wanted), { recreate });

  const plan = await look();
  console.log(`\n${pc.bold(envId)}\n`);
  show(plan);
  for (const line of leftOut) console.log(pc.dim(`  not deployed: ${line}`));
  if (plan.blocked.length > 0) return 1;
  if (dryRun) {
    console.log(plan.changes.length > 0 ? '\nNothing was done: this was a dry run.' : '');
    return 0;
  }
  let begun = 0;
  await applyPlan(plan, cloud, ({ doing }) => {
    console.log(`[${++begun}/${plan.changes.length}] ${doing} ...`);
  });
  return verify(cloud, await look());
}

async function brokenParts(): Promise<string[]> {
  const parts = projectExaminations(root, process.env).filter(({ name }) => EXAMINED.has(name));
  const lines: string[] = [];
  for (const { name, find } of parts) {
    for (const { problem, fix } of await find()) lines.push(`${name}: ${problem}\n  ${fix}`);
  }
  return lines;
}

function show({ changes, blocked, notes }: Plan): void {
  if (changes.length === 0 && blocked.length === 0)
    console.log('  The cloud holds what it must: nothing to do.');
  for (const line of changes.flatMap(({ lines }) => lines)) {
    const colour = line.startsWith('+') ? pc.green : line.startsWith('-') ? pc.red : pc.yellow;
    console.log(`  ${colour(line)}`);
  }
  for (const note of notes) console.log(pc.dim(`  ${note}`));
  for (const reason of blocked) console.error(`  ${pc.red(reason)}`);
}

/** Whether what was read back is what was wanted, and the sign-in function answers as it must to a call from nobody. */
async function verify(cloud: Cloud, left: Plan): Promise<number> {
  if (left.changes.length > 0) {
    console.error('\nThe cloud took the changes, and read back it is not as described:');
    show(left);
    return 1;
  }
  const answer = await cloud.invoke('login');
  if (!answer.includes('"NO_IDENTITY"')) {
    console.error(
      `\nlogin answered a call from nobody with ${answer}, and must refuse with NO_IDENTITY.`,
    );
    return 1;
  }
  console.log(pc.green('\nDone: read back as described, and login refuses a call from nobody.'));
  return 0;
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.exitCode = error instanceof UsageError ? 2 : 1;
    if (error instanceof UsageError) console.error(`${error.message}\n\nUsage: ${USAGE}`);
    else if (error instanceof CloudApiError) console.error(`\n${explain(error)}`);
    else throw error;
  },
);
