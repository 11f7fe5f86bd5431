/** The gates of `npm run check`: tools, and checks of this project's own. */
import { availableParallelism } from 'node:os';
import { runNode } from '../lib/run-tool';
import { root } from '../project/root';
import { checks, type Check } from './checks';
import { forgetful, rememberedPasses, type Passes } from './gates/passes';
import { runGates as run, type Gate } from './gates/run-gates';
import { printedByFailure, toolGates } from './gates/tools';
import { describe } from './report';

/** Each may take a gigabyte, and waits for the slowest however many there are. */
const MOST_AT_A_TIME = 4;

/** Not in git, and gone with what it depends on. */
const CACHE = 'node_modules/.cache/check';

export interface CheckOptions {
  /** Those to run, by name, or by the word before ` of `; none: all. */
  names: readonly string[];
  /** Whether what passed is run again, though it reads what it read then. */
  afresh: boolean;
}

/**
 * Prints one line for each gate, and what a failing one printed. Resolves to the exit code.
 *
 * @throws UsageError for a name that no gate has
 */
export function runGates({ names, afresh }: CheckOptions): Promise<number> {
  const passes = afresh ? forgetful : rememberedPasses(root, `${root}/${CACHE}`);
  return run(gates(passes), {
    names,
    atATime: Math.min(availableParallelism(), MOST_AT_A_TIME),
    print: console.log,
  });
}

function gates(passes: Passes): Gate[] {
  return [
    ...toolGates(root, passes),
    {
      name: 'build',
      run: () =>
        printedByFailure(runNode(['scripts/run.mjs', 'build'], { cwd: root, output: 'collect' })),
    },
    ...checks.map(ownCheck),
  ];
}

function ownCheck({ name, find, readsBuild = false }: Check): Gate {
  return {
    name,
    ...(readsBuild ? { after: 'build' } : {}),
    async run() {
      const problems = await find();
      return problems.length === 0 ? undefined : problems.map(describe).join('\n');
    },
  };
}
