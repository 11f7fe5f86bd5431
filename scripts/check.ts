/** `npm run check`: every gate, one line each; what a failing one printed follows. */
import pc from 'picocolors';
import { runTool } from './run-command';

const TYPESCRIPT_PROJECTS = [
  'cloudfunctions',
  'miniprogram',
  'scripts',
  'scripts/preview/page',
  'test',
];

const gates: readonly { name: string; tool: string; args: readonly string[] }[] = [
  { name: 'format', tool: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  ...TYPESCRIPT_PROJECTS.map((folder) => ({
    name: `types of ${folder}`,
    tool: 'tsc',
    args: ['-p', folder],
  })),
  { name: 'lint', tool: 'eslint', args: ['--max-warnings', '0', '.'] },
  { name: 'unused code and dependencies', tool: 'knip', args: [] },
  { name: 'build', tool: 'tsx', args: ['scripts/build.ts'] },
];

async function main(): Promise<void> {
  let failed = 0;
  for (const { name, tool, args } of gates) {
    const { exitCode, output } = await runTool(tool, args, 'collect');
    const passed = exitCode === 0;
    console.log(`${passed ? pc.green('ok    ') : pc.red('FAILED')} ${name}`);
    if (!passed) {
      failed += 1;
      console.log(output);
    }
  }
  if (failed > 0) {
    console.log(`${failed} of ${gates.length} gates failed.`);
    process.exitCode = 1;
  }
}

void main();
