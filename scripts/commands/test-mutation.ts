import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'test:mutation',
  text({
    zh: '把会话代码、客户端和网关逐处改坏，数一数测试发现了多少。',
    en: 'Breaks the session code, the client and the gateway in every small way, and counts what the tests notice.',
  }),
)
  .argument(
    '[args...]',
    text({
      zh: '交给 Stryker，说明见 npx stryker run --help',
      en: 'go to Stryker; "npx stryker run --help" explains them',
    }),
  )
  .allowUnknownOption()
  .action(async (args: readonly string[]) => {
    const { runMutationTests } = await import('../testing');
    process.exitCode = await runMutationTests(args);
  });
