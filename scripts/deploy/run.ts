/** A deployment from its options to its exit code, with everything passed in that is not of this project. */
import pc from 'picocolors';
import { UsageError } from '../lib/command-line';
import type { Examination, ExaminationId } from '../project/finding';
import { isEnvId, readEnvId } from '../project/project-settings';
import type { Resources } from '../project/resources';
import { applyPlan } from './apply';
import { CloudApiError, type Cloud } from './cloud';
import { credentialsIn, requireCredentials } from './credentials';
import { explain } from './explain';
import { openManagedCloud, type Credentials } from './managed-cloud';
import { readDeployOptions } from './options';
import { planChanges, type Plan } from './plan';
import type { Wait } from './retry';
import { readActual, readWanted } from './wanted';

/** Of the doctor's examinations, those that concern what is deployed: what would be broken there is not sent. */
const EXAMINED: readonly ExaminationId[] = [
  'resources',
  'build',
  'built-files',
  'sizes',
  'policy',
  'gateway',
];

export interface DeployContext {
  /** Of the project. */
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Absent where there is nobody to ask. */
  askForCredentials?: () => Promise<Credentials>;
  /** What the cloud must hold. It is asked for once it was examined. */
  resources: () => Resources;
  build: () => Promise<void>;
  /** What is examined first. */
  examinations: readonly Examination[];
  /** Whether the management library is there. */
  install: () => Promise<boolean>;
  say: (line: string) => void;
  complain: (line: string) => void;
  wait?: Wait;
}

/**
 * Resolves to the exit code.
 *
 * @throws UsageError
 */
export async function runDeploy(args: readonly string[], context: DeployContext): Promise<number> {
  const { root, environment, complain } = context;
  const options = readDeployOptions(args);
  const { envId = readEnvId(root) } = options;
  if (!isEnvId(envId)) {
    throw new UsageError(
      'There is no environment to deploy to: put its id into miniprogram/config.ts (cloudEnvId), or pass --env ID.',
    );
  }
  requireCredentials(environment, context.askForCredentials !== undefined);
  if (options.build) await context.build();
  if (!(await context.install())) {
    complain('Installing failed: the npm registry must be reachable once.');
    return 1;
  }
  const broken = await brokenParts(context);
  if (broken.length > 0) {
    complain(broken.join('\n'));
    return 1;
  }
  try {
    return await deployTo(envId, options, context);
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    complain(`\n${explain(error)}`);
    return 1;
  }
}

async function brokenParts({ examinations }: DeployContext): Promise<string[]> {
  const parts = examinations.filter(({ id }) => EXAMINED.includes(id));
  const lines: string[] = [];
  for (const { name, find } of parts) {
    for (const { problem, fix } of await find()) lines.push(`${name}: ${problem}\n  ${fix}`);
  }
  return lines;
}

async function deployTo(
  envId: string,
  { dryRun, recreate }: { dryRun: boolean; recreate: boolean },
  context: DeployContext,
): Promise<number> {
  const { root, environment, say, wait } = context;
  const wanted = await readWanted(root, context.resources(), environment);
  const credentials = credentialsIn(environment) ?? (await context.askForCredentials?.());
  if (credentials === undefined) throw new UsageError('There is no key to deploy with.');
  const cloud = await openManagedCloud(credentials, envId, environment, wait);
  const look = async (): Promise<Plan> =>
    planChanges(wanted, await readActual(cloud, wanted), { recreate });

  const plan = await look();
  say(`\n${pc.bold(envId)}\n`);
  show(plan, context);
  for (const { name, onlyWith = '' } of wanted.leftOut)
    say(pc.dim(`  not deployed: ${name}: ${onlyWith} is not set.`));
  if (plan.blocked.length > 0 || plan.conflict !== undefined) return 1;
  if (dryRun) {
    say(plan.changes.length > 0 ? '\nNothing was done: this was a dry run.' : '');
    return 0;
  }
  let begun = 0;
  await applyPlan(plan, cloud, ({ doing }) => {
    say(`[${++begun}/${plan.changes.length}] ${doing} ...`);
  });
  return verify(cloud, await look(), context);
}

function show({ changes, blocked, conflict, notes }: Plan, { say, complain }: DeployContext): void {
  if (changes.length === 0 && blocked.length === 0)
    say('  The cloud holds what it must: nothing to do.');
  for (const line of changes.flatMap(({ lines }) => lines)) {
    const colour = line.startsWith('+') ? pc.green : line.startsWith('-') ? pc.red : pc.yellow;
    say(`  ${colour(line)}`);
  }
  for (const note of notes) say(pc.dim(`  ${note}`));
  for (const reason of [...blocked, ...(conflict === undefined ? [] : [conflict])])
    complain(`  ${pc.red(reason)}`);
}

/** Whether what was read back is what was wanted, and the sign-in function answers as it must to a call from nobody. */
async function verify(cloud: Cloud, left: Plan, context: DeployContext): Promise<number> {
  const { say, complain } = context;
  if (left.changes.length > 0) {
    complain('\nThe cloud took the changes, and read back it is not as described:');
    show(left, context);
    return 1;
  }
  const answer = await cloud.invoke('login');
  if (!answer.includes('"NO_IDENTITY"')) {
    complain(
      `\nlogin answered a call from nobody with ${answer}, and must refuse with NO_IDENTITY.`,
    );
    return 1;
  }
  say(pc.green('\nDone: read back as described, and login refuses a call from nobody.'));
  return 0;
}
