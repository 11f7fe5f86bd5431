/** The test commands. Each resolves to an exit code. */
import { runTool } from '../lib/run-tool';
import { root } from '../project/root';

export { runQuickTests, runTests } from './run-tests';

const HERE = { cwd: root, output: 'inherit' } as const;

/** @param args go to Stryker */
export async function runMutationTests(args: readonly string[]): Promise<number> {
  const stryker = { package: '@stryker-mutator/core', command: 'stryker' };
  const all = ['run', 'test/config/stryker.config.mjs', ...args];
  return (await runTool(stryker, all, HERE)).exitCode;
}

/** @param seed the same one gives the same steps */
export async function runSoakTest(steps: number, seed: number): Promise<number> {
  process.env['SOAK_STEPS'] = String(steps);
  process.env['SOAK_SEED'] = String(seed);
  const test = 'test/cloudfunctions/promises/model.test.ts';
  return (await runTool({ package: 'jest' }, [test], HERE)).exitCode;
}
