import { Argument } from 'commander';
import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';
import type { AccountOptions, Action } from '../account';

const HELP = text({
  zh: `
show      谁能登录这个账号、在哪些设备上登录着、是否已停用
sign-out  结束它的全部会话
block     结束它的全部会话，并且不再让人登录（须打开 ACCOUNT_BLOCKING）
unblock   重新允许登录

密钥取自 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY；没有设置时在终端里询问。代理取自
HTTPS_PROXY。用 --phone 时，IDENTITY_KEY 要与部署时的相同；本地云用自己的。`,
  en: `
show      who can sign in to the account, where it is signed in, and whether it is blocked
sign-out  ends all of its sessions
block     ends all of its sessions, and lets nobody sign in (where ACCOUNT_BLOCKING is on)
unblock   lets people sign in again

TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY hold the key; on a terminal it is asked for when
they are not set. HTTPS_PROXY is respected. With --phone, IDENTITY_KEY is that of the deployment;
the local cloud has its own.`,
});

export const command = defineCommand(
  'account',
  text({
    zh: '查看线上的一个账号，让它退出登录、停用或恢复。',
    en: 'Shows an account of a deployment, signs it out, blocks and unblocks it.',
  }),
)
  .addArgument(
    new Argument('<action>', text({ zh: '做什么', en: 'what to do' })).choices([
      'show',
      'sign-out',
      'block',
      'unblock',
    ]),
  )
  .option(
    '--openid <id>',
    text({ zh: '这个微信登录到的账号', en: 'the account that this WeChat leads into' }),
  )
  .option(
    '--appid <id>',
    text({
      zh: 'OPENID 属于哪个小程序（默认取 project.config.json 里的）',
      en: 'the mini program of the OPENID (default: that in project.config.json)',
    }),
  )
  .option(
    '--account <key>',
    text({ zh: 'show 里显示的账号', en: 'the account as "show" calls it' }),
  )
  .option(
    '--phone <number>',
    text({
      zh: '这个手机号登录到的账号：13800005678、+85251234567',
      en: 'the account that this number leads into: 13800005678, +85251234567',
    }),
  )
  .option('--reason <text>', text({ zh: '停用的原因', en: 'why it is blocked' }))
  .option(
    '--env <id>',
    text({
      zh: '云环境的 ID（默认取 miniprogram/config.ts 里的）',
      en: 'the environment (default: the one in miniprogram/config.ts)',
    }),
  )
  .option(
    '--local [url]',
    text({
      zh: '改用本地云（默认 http://127.0.0.1:8787）',
      en: 'the local cloud instead (default: http://127.0.0.1:8787)',
    }),
  )
  .option('--json', text({ zh: '以 JSON 回答', en: 'answer in JSON' }))
  .option('--yes', text({ zh: '不先询问', en: 'do not ask first' }))
  .addHelpText('after', HELP)
  .action(async (action: Action, options: AccountOptions) => {
    const { askYesNo, openOperatorDatabase, runAccount } = await import('../account');
    const { askForCredentials } = await import('../deploy');
    const { readResources } = await import('../project/resources');
    const { root } = await import('../project/root');
    const { printJson } = await import('../lib/json-answer');
    const isAlone = process.env['CI'] !== undefined || options.json === true;
    const canAsk = process.stdin.isTTY && !isAlone;
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
      answer: printJson,
      say: console.log,
      complain: console.error,
    });
  });
