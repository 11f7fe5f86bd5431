/** This project on two phones: built, followed and shown. */
import { existsSync } from 'node:fs';
import { coloursOn } from '../lib/colours';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import { BUILDING, showProgress } from '../lib/progress';
import { explaining, prepareData, requireFreePorts, type Served } from './explain';
import { printLog, STARTING, untilInterrupted } from './running';

export interface OwnOptions extends Served {
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
    options.build ? buildAndFollow(options) : undefined,
    import('../stack'),
  ]);
  const stack = await startOwnStack(options).catch(async (error: unknown) => {
    await following?.close();
    throw error;
  });
  await untilInterrupted(async () => {
    console.log(welcome(stack.url, options));
    await following?.showIn(stack);
  });
  await following?.close();
  await stack.close();
}

type ProjectStack = Awaited<ReturnType<typeof startOwnStack>>;

/** Resolves once the project is built. What is built later is shown in a stack. */
async function buildAndFollow({ signInMethods, poll }: OwnOptions) {
  const { changeInWords, createBuilder, failureInWords, followSources, problemsOf } =
    await import('../build');
  const { root } = await import('../project/root');
  const { dim } = coloursOn(process.stdout);
  const kept = coloursOn(process.stderr).dim(
    text({
      zh: '手机上继续运行上一次构建的版本。',
      en: 'The phones go on with what was built before.',
    }),
  );
  const builder = createBuilder({
    ...(signInMethods !== undefined && { signInMethods }),
    libraries: false,
  });
  let stack: ProjectStack | undefined;
  let hasMissed = false;
  const failed: unknown[] = [];

  /** Resolves to whether it is shown. */
  const refresh = async (): Promise<boolean> => {
    try {
      await stack?.refresh();
      return true;
    } catch (error) {
      const { MiniprogramCompileError } = await import('#preview');
      if (!(error instanceof MiniprogramCompileError)) throw error;
      console.error(`${error.message}\n${kept}`);
      return false;
    }
  };
  const follower = await showProgress(BUILDING, () =>
    followSources({
      builder,
      dir: root,
      poll,
      async onBuilt({ changed, durationMs }, sources) {
        const begin = performance.now();
        stack?.showProblems([]);
        hasMissed = stack === undefined && sources.length > 0;
        const isSeen = changed.some((path) => path.startsWith('miniprogram/'));
        if (isSeen && !(await refresh())) return;
        console.log(dim(changeInWords(sources, durationMs + performance.now() - begin)));
      },
      onFailed(error, sources) {
        if (sources.length === 0) failed.push(error);
        else console.error(`${failureInWords(error)}\n${kept}`);
        stack?.showProblems(problemsOf(error));
        return Promise.resolve();
      },
      onNotice: (sentence) => {
        console.error(sentence);
      },
    }),
  );
  const close = async (): Promise<void> => {
    await follower.close();
    await builder.close();
  };
  if (failed.length > 0) {
    await close();
    throw failed[0];
  }
  return {
    async showIn(started: ProjectStack): Promise<void> {
      stack = started;
      if (hasMissed) await refresh();
    },
    close,
  };
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
