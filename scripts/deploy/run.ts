/** A deployment from its options to its exit code; what is outside of the project is passed in. */
import { coloursOn } from '../lib/colours';
import { CommandError, UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import { MOSTLY_QUICK, showProgress } from '../lib/progress';
import {
  BUILD_EXAMINATIONS,
  describeFindings,
  type Examination,
  type ExaminationId,
} from '../project/finding';
import { isEnvId, readEnvId } from '../project/project-settings';
import type { Resources } from '../project/resources';
import { applyPlan } from './apply';
import type { Change } from './change';
import { CloudApiError, type Cloud } from './cloud';
import { requireCredentials } from './credentials';
import { explain } from './explain';
import { openManagedCloud, type Credentials } from './managed-cloud';
import { planChanges, type Plan } from './plan';
import type { DeployReport, ReportedChange } from './report';
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
  /** Takes what was done, when it is done or has failed; the lines of `say` are not for it. */
  answer?: (report: DeployReport) => void;
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
      text({
        zh: '还不知道部署到哪个环境：请把环境 ID 填入 miniprogram/config.ts（cloudEnvId），或用 --env 指定。',
        en: 'There is no environment to deploy to: put its id into miniprogram/config.ts (cloudEnvId), or pass --env ID.',
      }),
    );
  }
  const getCredentials = requireCredentials(environment, context.askForCredentials);
  await examine(context, FIRST_EXAMINATIONS);
  if (options.build) await context.build();
  await context.install();
  await examine(context, BUILD_EXAMINATIONS);
  const { dryRun = false } = options;
  const report: Draft = {
    ...{ version: 1, ok: false, environment: envId, dryRun, verified: false },
    ...{ changes: [], notes: [], notDeployed: [] },
  };
  try {
    await deployTo(report, getCredentials, options, context);
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    const message = explain(error);
    report.error = { kind: 'api', message, code: error.code };
    complain(`\n${message}`);
  }
  const ok = report.error === undefined;
  context.answer?.({ ...report, ok });
  return ok ? 0 : 1;
}

/** It is filled on the way, so that a failure in the middle says what is done. */
type Draft = { -readonly [Key in keyof DeployReport]: DeployReport[Key] };

/** @throws CommandError with everything that was found */
async function examine(
  { examinations }: DeployContext,
  ids: readonly ExaminationId[],
): Promise<void> {
  const lines = await describeFindings(examinations.filter(({ id }) => ids.includes(id)));
  if (lines.length > 0) throw new CommandError(lines.join('\n'));
}

async function deployTo(
  report: Draft,
  getCredentials: () => Promise<Credentials>,
  { dryRun = false, recreate = false }: DeployOptions,
  context: DeployContext,
): Promise<void> {
  const { environment: envId } = report;
  const { bold, dim } = coloursOn(process.stdout);
  const { root, environment, say, wait } = context;
  const wanted = await readWanted(root, context.resources(), environment);
  const cloud = await openManagedCloud(await getCredentials(), envId, environment, wait);
  const look = async (): Promise<Plan> =>
    planChanges(wanted, await readActual(cloud, wanted), { recreate });

  const asking = text({ zh: '正在读取云端', en: 'Reading the cloud' });
  const plan = await showProgress(asking, look, MOSTLY_QUICK);
  const states = new Map<Change, ReportedChange>(
    plan.changes.map((change) => [
      change,
      { function: change.of ?? null, lines: change.lines, state: 'planned' },
    ]),
  );
  const tell = (): void => {
    report.changes = [...states.values()];
  };
  tell();
  report.notes = plan.notes;
  report.notDeployed = wanted.leftOut.map(({ name }) => name);
  say(`\n${bold(envId)}\n`);
  show(plan, context);
  for (const { name, onlyWith = [] } of wanted.leftOut)
    say(
      dim(
        text({
          zh: `  未部署：${name}：没有设置 ${onlyWith.join(' 或 ')}。`,
          en: `  not deployed: ${name}: ${onlyWith.join(' or ')} is not set.`,
        }),
      ),
    );
  const reasons = [...plan.blocked, ...(plan.conflict === undefined ? [] : [plan.conflict])];
  if (reasons.length > 0) {
    report.error = { kind: 'blocked', message: reasons.join('\n') };
    return;
  }
  if (dryRun) {
    const nothing = text({
      zh: '\n这是试运行，什么都没有做。',
      en: '\nNothing was done: this was a dry run.',
    });
    say(plan.changes.length > 0 ? nothing : '');
    return;
  }
  let begun = 0;
  try {
    await applyPlan(plan, cloud, (change, state) => {
      const { doing, lines, of = null } = change;
      states.set(change, { function: of, lines, state });
      if (state === 'begun') say(`[${++begun}/${plan.changes.length}] ${doing} ...`);
    });
  } finally {
    tell();
  }
  const checking = text({ zh: '正在核对云端', en: 'Reading the cloud back' });
  const problem = await showProgress(
    checking,
    async () => verify(cloud, await look(), context),
    MOSTLY_QUICK,
  );
  if (problem === undefined) report.verified = true;
  else report.error = { kind: 'verification', message: problem };
}

function show({ changes, blocked, conflict, notes }: Plan, { say, complain }: DeployContext): void {
  const { dim, green, red, yellow } = coloursOn(process.stdout);
  if (changes.length === 0 && blocked.length === 0)
    say(
      text({
        zh: '  云端已是应有的样子，无须改动。',
        en: '  The cloud holds what it must: nothing to do.',
      }),
    );
  for (const line of changes.flatMap(({ lines }) => lines)) {
    const colour = line.startsWith('+') ? green : line.startsWith('-') ? red : yellow;
    say(`  ${colour(line)}`);
  }
  for (const note of notes) say(dim(`  ${note}`));
  for (const reason of [...blocked, ...(conflict === undefined ? [] : [conflict])])
    complain(`  ${coloursOn(process.stderr).red(reason)}`);
}

/** Resolves to why the cloud does not read back as described, or `login` takes a call from nobody. */
async function verify(
  cloud: Cloud,
  left: Plan,
  context: DeployContext,
): Promise<string | undefined> {
  const { say, complain } = context;
  if (left.changes.length > 0) {
    const differs = text({
      zh: '云端接受了改动，读回来却不一样：',
      en: 'The cloud accepted the changes, but reads back differently:',
    });
    complain(`\n${differs}`);
    show(left, context);
    return [differs, ...left.changes.flatMap(({ lines }) => lines)].join('\n');
  }
  const answer = await cloud.invoke('login');
  if (!answer.includes('"NO_IDENTITY"')) {
    const problem = text({
      zh: `无身份调用 login 得到 ${answer}，本该以 NO_IDENTITY 拒绝。`,
      en: `login answered a call from nobody with ${answer}, and must refuse with NO_IDENTITY.`,
    });
    complain(`\n${problem}`);
    return problem;
  }
  const done = text({
    zh: '\n完成：云端读回来与描述一致，login 拒绝无身份的调用。',
    en: '\nDone: read back as described, and login refuses a call from nobody.',
  });
  say(coloursOn(process.stdout).green(done));
  return undefined;
}
