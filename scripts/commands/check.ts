/** `npm run check [-- GATE ...]`: every gate, or those named; one line each, and what a failing one printed. */
import pc from 'picocolors';
import { checks, type Check } from '../check/index';
import { describe } from '../check/report';
import { runCommand, UsageError } from '../lib/command-line';
import { runTool } from '../lib/run-tool';

const TYPESCRIPT_PROJECTS = [
  'cloudfunctions',
  'miniprogram',
  'scripts',
  'scripts/preview/page',
  'test',
];

interface Gate {
  name: string;
  /** What it printed, when it fails. */
  run: () => Promise<string | undefined>;
}

/** In this order: the checks read what the build wrote. */
const gates: readonly Gate[] = [
  tool('format', 'prettier', '--check', '--log-level', 'warn', '.'),
  ...TYPESCRIPT_PROJECTS.map((folder) => tool(`types of ${folder}`, 'tsc', '-p', folder)),
  tool('lint', 'eslint', '--max-warnings', '0', '.'),
  tool('unused code and dependencies', 'knip'),
  tool('build', 'node', 'scripts/run.mjs', 'build'),
  ...checks.map(ownCheck),
];

function tool(name: string, command: string, ...args: readonly string[]): Gate {
  return {
    name,
    async run() {
      const { exitCode, output } = await runTool(command, args, 'collect');
      return exitCode === 0 ? undefined : output;
    },
  };
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

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !gates.some((gate) => gate.name === name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no gate "${unknown.join('", "')}". Gates: ${namesOf(gates)}.`);
  }
  const chosen = gates.filter(({ name }) => names.length === 0 || names.includes(name));
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

void runCommand('npm run check -- [GATE ...]', main);
