import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';
import { JEST_OPTIONS } from '../lib/jest-options';

export const command = defineCommand(
  'test:quick',
  text({
    zh: '构建项目，跑不启动进程和浏览器的测试。',
    en: 'Builds the project and runs the tests that start no process and no browser.',
  }),
)
  .argument(
    '[args...]',
    text({ zh: '交给 Jest，如“test/miniprogram”', en: 'go to Jest, e.g. "test/miniprogram"' }),
  )
  .allowUnknownOption()
  .addHelpText('after', JEST_OPTIONS)
  .action(async (args: readonly string[]) => {
    const { runQuickTests } = await import('../testing');
    process.exitCode = await runQuickTests(args);
  });
