/** The test commands. Each resolves to an exit code. */
import { UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import { runTool } from '../lib/run-tool';
import { root } from '../project/root';

export { OLDER_SDKS } from './older-sdks';
export { runQuickTests, runTests } from './run-tests';

const STRYKER = { package: '@stryker-mutator/core', command: 'stryker' };
const HERE = { cwd: root, output: 'inherit' } as const;

/**
 * @param args go to Stryker
 * @throws UsageError for an option that Stryker does not have
 */
export async function runMutationTests(args: readonly string[]): Promise<number> {
  await refuseUnknownOptions(args);
  const all = ['run', 'test/config/stryker.config.mjs', ...args];
  return (await runTool(STRYKER, all, HERE)).exitCode;
}

/** Stryker refuses them too, but as it does a failure. */
async function refuseUnknownOptions(args: readonly string[]): Promise<void> {
  const given = args.filter((arg) => /^-+[a-z]/i.test(arg)).map(nameOfOption);
  if (given.length === 0) return;
  const { output } = await runTool(STRYKER, ['run', '--help'], { cwd: root, output: 'collect' });
  const known = new Set(output.match(/(?<=[\s,])--?[a-z][\w-]*/gi));
  const unknown = given.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new UsageError(text({ zh: `没有选项 ${unknown}。`, en: `Unknown option '${unknown}'.` }));
  }
}

/** `--mutate` of `--mutate=a.ts`, `-c` of `-c2`. */
function nameOfOption(arg: string): string {
  return arg.startsWith('--') ? arg.replace(/=.*/s, '') : arg.slice(0, 2);
}

/**
 * As many steps for one person's sessions, and for people with several ways in.
 *
 * @param seed the same one gives the same steps
 */
export async function runSoakTest(steps: number, seed: number): Promise<number> {
  process.env['SOAK_STEPS'] = String(steps);
  process.env['SOAK_SEED'] = String(seed);
  const tests = ['model', 'ways-in-model'].map(
    (name) => `test/cloudfunctions/promises/${name}.test.ts`,
  );
  return (await runTool({ package: 'jest' }, tests, HERE)).exitCode;
}
