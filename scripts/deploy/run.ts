/** A deployment from its options to its exit code; what is outside of the project is passed in. */
import pc from 'picocolors';
import { CommandError, UsageError } from '../lib/command-error';
import {
  BUILD_EXAMINATIONS,
  describeFindings,
  type Examination,
  type ExaminationId,
} from '../project/finding';
import { isEnvId, readEnvId } from '../project/project-settings';
import type { Resources } from '../project/resources';
import { applyPlan } from './apply';
import { CloudApiError, type Cloud } from './cloud';
import { requireCredentials } from './credentials';
import { explain } from './explain';
import { openManagedCloud, type Credentials } from './managed-cloud';
import { planChanges, type Plan } from './plan';
import type { Wait } from './retry';
import { readActual, readWanted } from './wanted';

/** Examined before the build: what would be broken in the cloud is not sent. */
const FIRST_EXAMINATIONS: readonly ExaminationId[] = ['resources', 'policy', 'identity', 'gateway'];

export interface DeployOptions {
  /** Show what would be done, and do nothing. */
  dryRun?: boolean;
  /** Delete functions on another runtime, and create them anew. */
  recreate?: boolean;
  /** Build first, or take what was built last. */
  build: boolean;
  /** The id of the environment; default: the one in miniprogram/config.ts. */
  env?: string;
}

export interface DeployContext {
  /** Of the project. */
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Absent where there is nobody to ask. */
  askForCredentials?: () => Promise<Credentials>;
  /** What the cloud must hold. Read after it was examined. */
  resources: () => Resources;
  build: () => Promise<unknown>;
  /** What the doctor would examine. */
  examinations: readonly Examination[];
  /** Installs the management library where it is missing. @throws CommandError */
  install: () => Promise<void>;
  say: (line: string) => void;
  complain: (line: string) => void;
  wait?: Wait;
}

/**
 * Resolves to the exit code.
 *
 * @throws CommandError
 */
export async function runDeploy(options: DeployOptions, context: DeployContext): Promise<number> {
  const { root, environment, complain } = context;
  const { env: envId = readEnvId(root) } = options;
  if (!isEnvId(envId)) {
    throw new UsageError(
      'There is no environment to deploy to: put its id into miniprogram/config.ts (cloudEnvId), or pass --env ID.',
    );
  }
  const getCredentials = requireCredentials(environment, context.askForCredentials);
  await examine(context, FIRST_EXAMINATIONS);
  if (options.build) await context.build();
  await context.install();
  await examine(context, BUILD_EXAMINATIONS);
  try {
    return await deployTo(envId, getCredentials, options, context);
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    complain(`\n${explain(error)}`);
    return 1;
  }
}

/** @throws CommandError with everything that was found */
async function examine(
  { examinations }: DeployContext,
  ids: readonly ExaminationId[],
): Promise<void> {
  const lines = await describeFindings(examinations.filter(({ id }) => ids.includes(id)));
  if (lines.length > 0) throw new CommandError(lines.join('\n'));
}

async function deployTo(
  envId: string,
  getCredentials: () => Promise<Credentials>,
  { dryRun = false, recreate = false }: DeployOptions,
  context: DeployContext,
): Promise<number> {
  const { root, environment, say, wait } = context;
  const wanted = await readWanted(root, context.resources(), environment);
  const cloud = await openManagedCloud(await getCredentials(), envId, environment, wait);
  const look = async (): Promise<Plan> =>
    planChanges(wanted, await readActual(cloud, wanted), { recreate });

  const plan = await look();
  say(`\n${pc.bold(envId)}\n`);
  show(plan, context);
  for (const { name, onlyWith = [] } of wanted.leftOut)
    say(pc.dim(`  not deployed: ${name}: ${onlyWith.join(' or ')} is not set.`));
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

/** Whether the cloud reads back as described, and `login` refuses a call from nobody. */
async function verify(cloud: Cloud, left: Plan, context: DeployContext): Promise<number> {
  const { say, complain } = context;
  if (left.changes.length > 0) {
    complain('\nThe cloud accepted the changes, but reads back differently:');
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
