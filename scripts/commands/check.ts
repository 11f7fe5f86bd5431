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
  .action(async (names: readonly string[]) => {
    const { runGates } = await import('../check');
    process.exitCode = await runGates(names);
  });
