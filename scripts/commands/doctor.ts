import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

const CREDENTIALS = text({
  zh: '\n设置了 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY 时也检查云端。',
  en: '\nWith TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY it examines the cloud too.',
});

export const command = defineCommand(
  'doctor',
  text({
    zh: '检查项目和云端缺什么、错在哪，并说明怎么修。',
    en: 'Says what is missing or wrong, in the project and in the cloud, and how to repair it.',
  }),
)
  .option(
    '--env <id>',
    text({
      zh: '云环境的 ID（默认取 miniprogram/config.ts 里的）',
      en: 'the environment (default: the one in miniprogram/config.ts)',
    }),
  )
  .option('--json', text({ zh: '以 JSON 回答', en: 'answer in JSON' }))
  .addHelpText('after', CREDENTIALS)
  .action(async ({ env, json = false }: { env?: string; json?: boolean }) => {
    const { runDoctor } = await import('../doctor');
    const { printJson } = await import('../lib/json-answer');
    process.exitCode = await runDoctor(env, json ? printJson : undefined);
  });
