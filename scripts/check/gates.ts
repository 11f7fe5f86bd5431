/** The gates of `npm run check`: tools, and checks of this project's own. */
import { coloursOn } from '../lib/colours';
import { UsageError } from '../lib/command-error';
import { runNode, runTool, type Tool } from '../lib/run-tool';
import { root } from '../project/root';
import { checks, type Check } from './checks';
import { describe } from './report';

const TYPESCRIPT_PROJECTS = [
  'cloudfunctions',
  'miniprogram',
  'scripts',
  'scripts/preview/page',
  'scripts/web-sign-in',
  'test',
];

const HERE = { cwd: root, output: 'collect' } as const;

interface Gate {
  name: string;
  /** Resolves to what it printed, when it fails. */
  run: () => Promise<string | undefined>;
}

/** In this order: the checks read what the build wrote. */
const gates: readonly Gate[] = [
  tool('format', { package: 'prettier' }, '--check', '--log-level', 'warn', '.'),
  ...TYPESCRIPT_PROJECTS.map((folder) =>
    tool(`types of ${folder}`, { package: 'typescript', command: 'tsc' }, '-p', folder),
  ),
  tool('lint', { package: 'eslint' }, '--max-warnings', '0', '.'),
  tool('unused code and dependencies', { package: 'knip' }),
  { name: 'build', run: () => printedByFailure(runNode(['scripts/run.mjs', 'build'], HERE)) },
  ...checks.map(ownCheck),
];

function tool(name: string, command: Tool, ...args: readonly string[]): Gate {
  return { name, run: () => printedByFailure(runTool(command, args, HERE)) };
}

async function printedByFailure(running: ReturnType<typeof runNode>): Promise<string | undefined> {
  const { exitCode, output } = await running;
  return exitCode === 0 ? undefined : output;
}

function ownCheck({ name, find }: Check): Gate {
  return {
    name,
    async run() {
      const problems = await find();
      return problems.length === 0 ? undefined : problems.map(describe).join('\n');
    },
  };
}

/**
 * Prints one line for each gate, and what a failing one printed. Resolves to the exit code.
 *
 * @param names those to run; none: all
 * @throws UsageError for a name that no gate has
 */
export async function runGates(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !gates.some((gate) => gate.name === name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no gate "${unknown.join('", "')}". Gates: ${namesOf(gates)}.`);
  }
  const chosen = gates.filter(({ name }) => names.length === 0 || names.includes(name));
  const pc = coloursOn(process.stdout);
  const failed: Gate[] = [];
  for (const gate of chosen) {
    const output = await gate.run();
    console.log(`${output === undefined ? pc.green('ok    ') : pc.red('FAILED')} ${gate.name}`);
    if (output !== undefined) {
      failed.push(gate);
      console.log(output);
    }
  }
  if (failed.length === 0) return 0;
  console.log(`${failed.length} of ${chosen.length} gates failed: ${namesOf(failed)}.`);
  return 1;
}

function namesOf(some: readonly Gate[]): string {
  return some.map(({ name }) => name).join(', ');
}
