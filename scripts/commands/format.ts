import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'format',
  text({ zh: '整理所有文件的格式。', en: 'Formats the project.' }),
)
  .argument(
    '[path...]',
    text({
      zh: '要整理的文件和目录（默认全部）',
      en: 'files and folders to format (default: all)',
    }),
  )
  .action(async (paths: readonly string[]) => {
    const { runTool } = await import('../lib/run-tool');
    const { root } = await import('../project/root');
    const args = paths.length > 0 ? paths : ['.'];
    const options = { cwd: root, output: 'inherit' } as const;
    process.exitCode = (await runTool({ package: 'oxfmt' }, args, options)).exitCode;
  });
