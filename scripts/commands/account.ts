import { Argument } from 'commander';
import { defineCommand } from '../lib/command-line';
import type { AccountOptions, Action } from '../account';

const HELP = `
show      who can sign in to the account, where it is signed in, and whether it is blocked
sign-out  ends all of its sessions
block     ends all of its sessions, and lets nobody sign in (where ACCOUNT_BLOCKING is on)
unblock   lets people sign in again

TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY hold the key; on a terminal it is asked for when
they are not set. HTTPS_PROXY is respected. With --phone, IDENTITY_KEY is that of the deployment;
the local cloud has its own.`;

export const command = defineCommand(
  'account',
  'Shows an account of a deployment, signs it out, blocks and unblocks it.',
)
  .addArgument(
    new Argument('<action>', 'what to do').choices(['show', 'sign-out', 'block', 'unblock']),
  )
  .option('--openid <id>', 'the account that this WeChat leads into')
  .option('--appid <id>', 'the mini program of the OPENID (default: that in project.config.json)')
  .option('--account <key>', 'the account as "show" calls it')
  .option('--phone <number>', 'the account that this number leads into: 13800005678, +85251234567')
  .option('--reason <text>', 'why it is blocked')
  .option('--env <id>', 'the environment (default: the one in miniprogram/config.ts)')
  .option('--local [url]', 'the local cloud instead (default: http://127.0.0.1:8787)')
  .option('--json', 'answer in JSON')
  .option('--yes', 'do not ask first')
  .addHelpText('after', HELP)
  .action(async (action: Action, options: AccountOptions) => {
    const { askYesNo, openOperatorDatabase, runAccount } = await import('../account');
    const { askForCredentials } = await import('../deploy');
    const { readResources } = await import('../project/resources');
    const { root } = await import('../project/root');
    const canAsk = process.stdin.isTTY && process.env['CI'] === undefined;
    process.exitCode = await runAccount(action, options, {
      root,
      environment: process.env,
      ...(canAsk && {
        askForCredentials: () => askForCredentials(process.stdin, process.stderr),
        confirm: askYesNo,
      }),
      resources: () => readResources(`${root}/cloudfunctions/resources.json`),
      open: openOperatorDatabase,
      now: () => new Date(),
      say: console.log,
      complain: console.error,
    });
  });
