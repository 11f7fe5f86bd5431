/** `npm run deploy` in this process, against the management API on loopback; only the waiting is shorter. */
import { root } from '../../scripts/project/root';
import type { Examination, ExaminationId } from '../../scripts/project/finding';
import { projectExaminations } from '../../scripts/doctor/project';
import { readResources, type Resources } from '../../scripts/project/resources';
import { runDeploy } from '../../scripts/deploy/run';
import type { ManagementApi } from './management-api';

export interface Deployed {
  exitCode: number;
  output: string;
  /** What was waited for, in milliseconds each. */
  waits: number[];
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

/** What was built does not change while tests run: it is examined once, what the variables say each time. */
function foundOnce(examination: Examination): Examination {
  const { id, find } = examination;
  if (id === 'gateway') return examination;
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

/** @param policy variables that resources.json gives all functions */
export async function deployInProcess(
  api: ManagementApi,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  policy: Readonly<Record<string, string>> = {},
): Promise<Deployed> {
  const said: string[] = [];
  const waits: number[] = [];
  const say = (line: string): void => void said.push(line);
  const environment = { ...api.variables, ...variables };
  const exitCode = await runDeploy(['--no-build', ...args], {
    root,
    environment,
    resources: () => withPolicy(policy),
    examinations: projectExaminations(root, environment).map(foundOnce),
    build: () => Promise.reject(new Error('was not asked for')),
    install: () => Promise.resolve(true),
    say,
    complain: say,
    wait: (ms) => Promise.resolve(void waits.push(ms)),
  });
  return { exitCode, output: said.join('\n'), waits };
}
