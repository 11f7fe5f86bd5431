import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';
import { JEST_OPTIONS } from '../lib/jest-options';

export const command = defineCommand(
  'test',
  text({ zh: '构建项目，跑全部测试。', en: 'Builds the project and runs every test.' }),
)
  .argument(
    '[args...]',
    text({ zh: '交给 Jest，如“test/flows”', en: 'go to Jest, e.g. "test/flows"' }),
  )
  .allowUnknownOption()
  .addHelpText('after', JEST_OPTIONS)
  .action(async (args: readonly string[]) => {
    const { runTests } = await import('../testing');
    const { MANAGEMENT_LIBRARY } = await import('../deploy');
    const { WECHAT_COMPILER } = await import('../check');
    process.exitCode = await runTests(args, MANAGEMENT_LIBRARY, WECHAT_COMPILER);
  });
