import { defineCommand } from '../lib/command-line';

export const command = defineCommand('format', 'Formats the project with Prettier.')
  .argument('[path...]', 'files and folders to format (default: all)')
  .action(async (paths: readonly string[]) => {
    const { runTool } = await import('../lib/run-tool');
    const { root } = await import('../project/root');
    const args = ['--write', ...(paths.length > 0 ? paths : ['.'])];
    const options = { cwd: root, output: 'inherit' } as const;
    process.exitCode = (await runTool({ package: 'prettier' }, args, options)).exitCode;
  });
