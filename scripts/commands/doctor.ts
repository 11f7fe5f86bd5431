import { defineCommand } from '../lib/command-line';

const CREDENTIALS = `
With TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY it examines the cloud too.`;

export const command = defineCommand(
  'doctor',
  'Says what is missing or wrong, in the project and in the cloud, and how to repair it.',
)
  .option('--env <id>', 'the environment (default: the one in miniprogram/config.ts)')
  .addHelpText('after', CREDENTIALS)
  .action(async ({ env }: { env?: string }) => {
    const { runDoctor } = await import('../doctor');
    process.exitCode = await runDoctor(env);
  });
