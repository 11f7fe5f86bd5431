import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';
import type { DeployOptions } from '../deploy';

const CREDENTIALS = text({
  zh: `
密钥取自 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY；没有设置时在终端里询问。
代理取自 HTTPS_PROXY。`,
  en: `
TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY hold the key; on a terminal it is asked for when
they are not set. HTTPS_PROXY is respected.`,
});

export const command = defineCommand(
  'deploy',
  text({
    zh: '构建项目，把 cloudfunctions/resources.json 描述的一切部署到云端。',
    en: 'Builds the project and puts everything that cloudfunctions/resources.json describes into the cloud.',
  }),
)
  .option(
    '--dry-run',
    text({ zh: '只列出要做什么，不动云端', en: 'show what would be done, and do nothing' }),
  )
  .option(
    '--env <id>',
    text({
      zh: '云环境的 ID（默认取 miniprogram/config.ts 里的）',
      en: 'the environment (default: the one in miniprogram/config.ts)',
    }),
  )
  .option(
    '--recreate',
    text({
      zh: '运行环境不同的云函数，删掉重建',
      en: 'delete functions on another runtime, and create them anew',
    }),
  )
  .option(
    '--no-build',
    text({ zh: '不构建，用上次 npm run build 的产物', en: 'take what "npm run build" made last' }),
  )
  .option(
    '--json',
    text({ zh: '以 JSON 回答，什么都不问', en: 'answer in JSON, and ask for nothing' }),
  )
  .addHelpText('after', CREDENTIALS)
  .action(async (options: DeployOptions & { json?: boolean }) => {
    const { askForCredentials, MANAGEMENT_LIBRARY, runDeploy } = await import('../deploy');
    const { build } = await import('../build');
    const { BUILDING, showProgress } = await import('../lib/progress');
    const { projectExaminations } = await import('../doctor');
    const { printJson } = await import('../lib/json-answer');
    const { installTools } = await import('../lib/install-tools');
    const { readResources } = await import('../project/resources');
    const { root } = await import('../project/root');
    const { json = false } = options;
    const canAsk = process.stdin.isTTY && process.env['CI'] === undefined && !json;
    process.exitCode = await runDeploy(options, {
      root,
      environment: process.env,
      ...(canAsk && { askForCredentials: () => askForCredentials() }),
      resources: () => readResources(`${root}/cloudfunctions/resources.json`),
      build: () => showProgress(BUILDING, () => build()),
      examinations: projectExaminations(root, process.env),
      install: () => installTools(MANAGEMENT_LIBRARY),
      ...(json && { answer: printJson }),
      say: console.log,
      complain: console.error,
    });
  });
