/** This project on two phones: built, followed and shown. */
import { existsSync } from 'node:fs';
import { coloursOn } from '../lib/colours';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import { showProgress } from '../lib/progress';
import { waitsForMend } from '../lib/waits-for-mend';
import { MiniprogramCompileError } from '../miniprogram-files/compile-error';
import { explaining, prepareData, requireFreePorts, type Served } from './explain';
import type { FollowedBuild } from './followed-build';
import { printLog, STARTING, untilInterrupted } from './running';

export interface OwnOptions extends Required<Served> {
  /** Build and follow the sources, or run what is in dist/ already. */
  build: boolean;
  /** Ask for changes again and again. */
  poll: boolean;
  /** In the place of those that the project offers. */
  signInMethods?: string;
}

/** Resolves when it has been stopped. */
export async function showOwn(options: OwnOptions): Promise<void> {
  await requireFreePorts(options);
  if (!options.build) await requireBuild(options);
  await prepareData(options);
  // What there is to load is loaded while esbuild, a process of its own, is at work.
  const [following] = await Promise.all([
    options.build
      ? import('./followed-build').then((room) => room.followBuild(options))
      : undefined,
    import('../stack'),
  ]);
  const { stack, built } = await startOnceItCompiles(options, following).catch(
    async (error: unknown) => {
      await following?.close();
      throw error;
    },
  );
  await untilInterrupted(async () => {
    console.log(welcome(stack.url, options));
    await following?.showIn(stack, built);
  });
  await following?.close();
  await stack.close();
}

/** What does not build, or not compile, is waited for: whoever mends it need not start again. */
async function startOnceItCompiles(options: OwnOptions, following: FollowedBuild | undefined) {
  for (let built = 0; ;) {
    built = (await following?.more(built)) ?? 0;
    try {
      return { stack: await startOwnStack(options), built };
    } catch (error) {
      if (following === undefined || !(error instanceof MiniprogramCompileError)) throw error;
      console.error(`${error.message}\n${waitsForMend()}`);
    }
  }
}

async function requireBuild({ signInMethods }: OwnOptions): Promise<void> {
  const { builtDir } = await import('../project/built-dir');
  const built = builtDir(signInMethods);
  if (['cloudfunctions', 'miniprogram'].every((part) => existsSync(`${built}/${part}`))) return;
  throw new CommandError(
    signInMethods === undefined
      ? text({
          zh: 'dist/ 里还没有构建：请先运行 npm run build。',
          en: 'Nothing is built in dist/ yet: run "npm run build" first.',
        })
      : text({
          zh: `还没有按 ${signInMethods} 构建过：请去掉 --no-build。`,
          en: `Nothing is built with ${signInMethods} yet: leave out --no-build.`,
        }),
  );
}

async function startOwnStack(options: OwnOptions) {
  return showProgress(STARTING, async () => {
    const { startProjectStack } = await import('../stack');
    return explaining(options, () =>
      startProjectStack({
        port: options.port,
        cloudPort: options.cloudPort,
        ...(options.signInMethods !== undefined && { signInMethods: options.signInMethods }),
        dataDir: options.data,
        onLog: printLog,
        onWarning: console.error,
      }),
    );
  });
}

function welcome(url: string, { data }: OwnOptions): string {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  return text({
    zh: `
  ${bold('打开')} ${cyan(url)}

  1. 先在左边的手机上登录，再在右边登录：左边会收到“已在别处登录”的提示。
  2. 重启手机、断开网络、停掉数据库：登录着的人仍然登录着。
  3. 把时钟拨快 30 天：所有会话都到期了。
  4. 把一部手机换成 QQ：它经过网关，用 HTTP 登录。
  5. 打开中间的网页，用手机登录：在“我的”里扫它的码。

  ${dim(`按 Ctrl-C 停止。数据保存在 ${data}，网页上的“全部重置”会清空它。`)}
`,
    en: `
  ${bold('Open')} ${cyan(url)}

  1. Sign in on the left phone, then on the right one: the left one is told that it was replaced.
  2. Restart a phone, cut its network, take the database down: who is signed in stays signed in.
  3. Move the clock 30 days ahead: every session has ended.
  4. Put a phone on QQ: it signs in over HTTP, through the gateway.
  5. Open the web page in the middle, sign in on it by phone, and scan its code on Me.

  ${dim(`Ctrl-C stops it. The data stays in ${data}; "Reset everything" on the page empties it.`)}
`,
  });
}
