/** The gates that are tools, and what each of them reads. */
import { runTool, type Tool, type ToolResult } from '../../lib/run-tool';
import type { Passes } from './passes';
import type { Gate } from './run-gates';

/** By the folder of a tsconfig.json, the folders that its files lie in. */
export const TYPESCRIPT_PROJECTS: Readonly<Record<string, readonly string[]>> = {
  cloudfunctions: ['cloudfunctions'],
  miniprogram: ['miniprogram', 'cloudfunctions'],
  scripts: ['scripts', 'cloudfunctions'],
  'scripts/preview/page': ['scripts', 'cloudfunctions'],
  'scripts/web-sign-in': ['scripts'],
  test: ['test', 'scripts', 'miniprogram', 'cloudfunctions'],
};

/** Of its own beside the compiler that knip asks: it takes a fifth of the time. */
const TSC: Tool = { package: 'typescript-7', command: 'tsc' };

type Reads = (file: string) => boolean;

export function toolGates(root: string, passes: Passes): Gate[] {
  const run = async (tool: Tool, args: readonly string[]): Promise<string | undefined> =>
    printedByFailure(runTool(tool, args, { cwd: root, output: 'collect' }));
  const remembered = (name: string, tool: Tool, reads: Reads, ...args: string[]): Gate => ({
    name,
    run: () => passes.unlessPassed(name, { reads, command: args }, () => run(tool, args)),
  });
  return [
    { name: 'format', run: () => run({ package: 'oxfmt' }, ['--check', '.']) },
    // Every other rule is oxlint's; ESLint is left with those that need a plugin.
    {
      ...remembered('lint of rooms', { package: 'eslint' }, isNoText, '--max-warnings', '0', '.'),
      long: true,
    },
    { ...remembered('lint', { package: 'oxlint' }, isNoText, '.'), long: true },
    ...Object.entries(TYPESCRIPT_PROJECTS).map(([project, folders]) =>
      remembered(`types of ${project}`, TSC, within(folders), '-p', project),
    ),
    remembered('unused code and dependencies', { package: 'knip' }, isNoText),
  ];
}

/** Resolves to what it printed, when it failed. */
export async function printedByFailure(running: Promise<ToolResult>): Promise<string | undefined> {
  const { exitCode, output } = await running;
  return exitCode === 0 ? undefined : output;
}

/** The files in the root too, such as tsconfig.json and package-lock.json. */
function within(folders: readonly string[]): Reads {
  return (file) =>
    isNoText(file) &&
    (!file.includes('/') || folders.some((folder) => file.startsWith(`${folder}/`)));
}

function isNoText(file: string): boolean {
  return !file.endsWith('.md');
}
