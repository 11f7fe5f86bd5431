import { defineCommand } from '../lib/command-line';
import type { DeployOptions } from '../deploy';

const CREDENTIALS = `
TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY hold the key; on a terminal it is asked for when
they are not set. HTTPS_PROXY is respected.`;

export const command = defineCommand(
  'deploy',
  'Builds the project and puts everything that cloudfunctions/resources.json describes into the cloud.',
)
  .option('--dry-run', 'show what would be done, and do nothing')
  .option('--env <id>', 'the environment (default: the one in miniprogram/config.ts)')
  .option('--recreate', 'delete functions on another runtime, and create them anew')
  .option('--no-build', 'take what "npm run build" made last')
  .addHelpText('after', CREDENTIALS)
  .action(async (options: DeployOptions) => {
    const { askForCredentials, MANAGEMENT_LIBRARY, runDeploy } = await import('../deploy');
    const { build } = await import('../build');
    const { projectExaminations } = await import('../doctor');
    const { installTools } = await import('../lib/install-tools');
    const { readResources } = await import('../project/resources');
    const { root } = await import('../project/root');
    const canAsk = process.stdin.isTTY && process.env['CI'] === undefined;
    process.exitCode = await runDeploy(options, {
      root,
      environment: process.env,
      ...(canAsk && { askForCredentials: () => askForCredentials() }),
      resources: () => readResources(`${root}/cloudfunctions/resources.json`),
      build,
      examinations: projectExaminations(root, process.env),
      install: () => installTools(MANAGEMENT_LIBRARY),
      say: console.log,
      complain: console.error,
    });
  });
