import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'check',
  text({
    zh: '跑所有检查：格式、类型、lint、无用代码、构建，以及小程序自身的检查。',
    en: 'Runs every gate: format, types, lint, unused code, build, and the checks of the mini program.',
  }),
)
  .argument(
    '[gate...]',
    text({
      zh: '只跑这几项，如“lint”；写错名字会列出全部（默认全部）',
      en: 'run these only, e.g. "lint"; a wrong name lists them (default: all)',
    }),
  )
  .option(
    '--afresh',
    text({
      zh: '文件没变、已经通过的也重跑（CI 中总是如此）',
      en: 'run those too that passed on the same files (always so in CI)',
    }),
  )
  .action(async (names: readonly string[], { afresh }: { afresh?: boolean }) => {
    const { runGates } = await import('../check');
    process.exitCode = await runGates({ names, afresh: afresh ?? Boolean(process.env['CI']) });
  });
