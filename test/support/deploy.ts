/** `npm run deploy` in this process, against the management API on loopback, with shorter waits. */
import { command } from '../../scripts/commands/deploy';
import { runDeploy, type DeployOptions, type DeployReport } from '../../scripts/deploy';
import { projectExaminations } from '../../scripts/doctor';
import { CommandError } from '../../scripts/lib/command-error';
import type { Examination, ExaminationId } from '../../scripts/project/finding';
import { readResources, type Resources } from '../../scripts/project/resources';
import { root } from '../../scripts/project/root';
import type { ManagementApi } from './management-api';
import { readOptions } from './read-options';

export interface Deployed {
  exitCode: number;
  output: string;
  /** What was waited for, in milliseconds each. */
  waits: number[];
  /** What `--json` would print. */
  report?: DeployReport;
}

/** The project's own, with these variables of all functions. */
function withPolicy(policy: Readonly<Record<string, string>>): Resources {
  const resources = readResources(`${root}/cloudfunctions/resources.json`);
  const functions = resources.functions.map((resource) => ({
    ...resource,
    variables: { ...resource.variables, ...policy },
  }));
  return { ...resources, functions };
}

type Found = ReturnType<Examination['find']>;

const found = new Map<ExaminationId, Found>();

/** What was built does not change while tests run, so it is examined once; variables each time. */
function foundOnce(examination: Examination): Examination {
  const { id, find } = examination;
  if (id === 'gateway' || id === 'identity') return examination;
  return {
    ...examination,
    find: () => {
      const result = found.get(id) ?? find();
      found.set(id, result);
      return result;
    },
  };
}

/**
 * The management library looks every second at what is being created, by an interval of its own.
 *
 * @returns what ends it
 */
export function hurryIntervals(): () => void {
  const { setInterval } = globalThis;
  const hurried = (run: () => void): NodeJS.Timeout => setInterval(run, 1);
  globalThis.setInterval = hurried as typeof setInterval;
  return () => {
    globalThis.setInterval = setInterval;
  };
}

/**
 * @param policy variables that resources.json gives all functions
 * @param project whose files are examined first
 */
export async function deployInProcess(
  api: ManagementApi,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  policy: Readonly<Record<string, string>> = {},
  project = root,
): Promise<Deployed> {
  const said: string[] = [];
  const waits: number[] = [];
  let report: DeployReport | undefined;
  const say = (line: string): void => void said.push(line);
  const environment = { ...api.variables, ...variables };
  const options = (await readOptions(command, ['--no-build', ...args])) as DeployOptions;
  const exitCode = await runDeploy(options, {
    root,
    environment,
    resources: () => withPolicy(policy),
    examinations: projectExaminations(project, environment).map(
      project === root ? foundOnce : (own) => own,
    ),
    build: () => Promise.reject(new Error('was not asked for')),
    install: () => Promise.resolve(),
    answer: (done) => void (report = done),
    say,
    complain: say,
    wait: (ms) => Promise.resolve(void waits.push(ms)),
  }).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    say(error.message);
    return error.exitCode;
  });
  return { exitCode, output: said.join('\n'), waits, ...(report && { report }) };
}
