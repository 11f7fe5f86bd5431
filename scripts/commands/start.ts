import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { coloursOn } from '../lib/colours';
import { CommandError, UsageError } from '../lib/command-error';
import { defineCommand, port } from '../lib/command-line';
import { text } from '../lib/language';
import { interruption } from '../lib/interruption';
import { BUILDING, showProgress } from '../lib/progress';
import { problemWithMethods } from '../project/sign-in-methods';

interface StartOptions {
  port: number;
  cloudPort: number;
  /** The absolute path, once it is read. */
  data: string;
  /** Build and follow the sources, or run what is in dist/ already. */
  build: boolean;
  poll: boolean;
  /** In the place of those that the project offers. */
  signInMethods?: string;
}

export const command = defineCommand(
  'start',
  text({
    zh: '构建项目，在浏览器里显示两部手机，云端是本机的本地云。',
    en: 'Builds the project and serves two phones in a browser, on a local cloud.',
  }),
)
  .addOption(
    port(
      '--port <port>',
      text({ zh: '网页在 127.0.0.1 上的端口', en: 'of the page on 127.0.0.1' }),
      5180,
    ),
  )
  .addOption(
    port('--cloud-port <port>', text({ zh: '本地云的端口', en: 'of the local cloud' }), 8787),
  )
  .option(
    '--data <folder>',
    text({ zh: '本地云存放数据的目录', en: 'where the local cloud keeps its state' }),
    '.local-cloud',
  )
  .addOption(
    new Option(
      '--sign-in-methods <list>',
      text({
        zh: '要试的登录方式，如 wechat,phone,password（默认取 cloudfunctions/resources.json 里的）',
        en: 'the ways in to try, e.g. wechat,phone,password (default: those in cloudfunctions/resources.json)',
      }),
    ).argParser(signInMethods),
  )
  .option(
    '--no-build',
    text({
      zh: '不构建，用上次 npm run build 的产物，也不跟随源码',
      en: 'take what "npm run build" made last, and follow no source',
    }),
  )
  .option(
    '--poll',
    text({
      zh: '轮询源码的变化，用于网络盘和容器',
      en: 'ask for changes again and again: on network drives and in containers',
    }),
    false,
  )
  .action(async (given: StartOptions, command: Command) => {
    const { root } = await import('../project/root');
    const isGiven = command.getOptionValueSource('data') !== 'default';
    const options = { ...given, data: isGiven ? resolve(given.data) : resolve(root, given.data) };
    await requireFreePorts(options);
    if (!options.build) await requireBuild(options);
    await prepareData(options);
    const following = options.build ? await buildAndFollow(options) : undefined;
    const stack = await startStack(options).catch(async (error: unknown) => {
      await following?.close();
      throw error;
    });
    const interrupted = interruption();
    console.log(welcome(stack.url, options));
    await following?.showIn(stack);
    await interrupted;
    console.log(coloursOn(process.stdout).dim(text({ zh: '正在停止 ...', en: 'Stopping ...' })));
    await following?.close();
    await stack.close();
  });

type ProjectStack = Awaited<ReturnType<typeof startStack>>;

/** Resolves once the project is built. What is built later is shown in a stack. */
async function buildAndFollow({ signInMethods, poll }: StartOptions) {
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

  const refresh = async (): Promise<void> => {
    try {
      await stack?.refresh();
    } catch (error) {
      const { MiniprogramCompileError } = await import('#preview');
      if (!(error instanceof MiniprogramCompileError)) throw error;
      console.error(`${error.message}\n${kept}`);
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
        if (changed.some((path) => path.startsWith('miniprogram/'))) await refresh();
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

async function requireFreePorts({ port, cloudPort }: StartOptions): Promise<void> {
  if (port !== 0 && port === cloudPort) {
    throw new UsageError(
      text({
        zh: '--port 和 --cloud-port 不能相同。',
        en: '--port and --cloud-port must not be the same.',
      }),
    );
  }
  const { isPortFree } = await import('../lib/free-port');
  if (!(await isPortFree(port))) throw new CommandError(portInUse(port));
  if (!(await isPortFree(cloudPort))) throw new CommandError(cloudPortInUse(cloudPort));
}

async function requireBuild({ signInMethods }: StartOptions): Promise<void> {
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

/** @throws UsageError */
function signInMethods(list: string): string {
  const problem = problemWithMethods(list);
  if (problem !== undefined) throw new UsageError(`--sign-in-methods ${problem}.`);
  return list;
}

/** Before anything is built. */
async function prepareData(options: StartOptions): Promise<void> {
  const { makeDataDir } = await import('#local-cloud');
  try {
    makeDataDir(options.data);
  } catch (error) {
    throw await explained(error, options);
  }
}

const portInUse = (port: number): string =>
  text({
    zh: `端口 ${port} 已被占用：请停掉占用它的程序，或用 --port 换一个端口。`,
    en: `Port ${port} is in use: stop what listens there, or choose another port with --port.`,
  });
const cloudPortInUse = (port: number): string =>
  text({
    zh: `端口 ${port} 已被占用：请停掉占用它的程序，或用 --cloud-port 给本地云换一个端口。`,
    en: `Port ${port} is in use: stop what listens there, or choose another port for the local cloud with --cloud-port.`,
  });

async function startStack(options: StartOptions) {
  const { startProjectStack } = await import('../stack');
  try {
    return await startProjectStack({
      port: options.port,
      cloudPort: options.cloudPort,
      ...(options.signInMethods !== undefined && { signInMethods: options.signInMethods }),
      dataDir: options.data,
      onLog: (line) => {
        console.log(coloursOn(process.stdout).dim(line));
      },
    });
  } catch (error) {
    throw await explained(error, options);
  }
}

function welcome(url: string, { data }: StartOptions): string {
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

async function explained(error: unknown, options: StartOptions): Promise<unknown> {
  const sentence = await explain(error, options);
  return sentence === undefined ? error : new CommandError(sentence, { cause: error });
}

/** One sentence that says what to do; `undefined` for other failures. */
async function explain(
  error: unknown,
  { port, cloudPort, data }: StartOptions,
): Promise<string | undefined> {
  const { PreviewStartError } = await import('#preview');
  const { LocalCloudStartError } = await import('#local-cloud');
  if (error instanceof PreviewStartError) return portInUse(port);
  if (!(error instanceof LocalCloudStartError)) return undefined;
  switch (error.code) {
    case 'PORT_IN_USE':
      return cloudPortInUse(cloudPort);
    case 'DATA_DIR_IN_USE':
      return text({
        zh: `${data} 正被另一个本地云使用：请停掉那一个，或用 --data 换一个目录。`,
        en: `${data} is in use by another local cloud: stop that one, or choose another folder with --data.`,
      });
    case 'DATA_DIR_VERSION':
      return text({
        zh: `${data} 是别的版本写的：请删掉它，或用 --data 换一个目录。`,
        en: `${data} was written by another version: delete it, or choose another folder with --data.`,
      });
    case 'DATA_DIR_UNUSABLE':
    case 'FUNCTIONS_DIR_MISSING':
    case 'PERMISSION_INVALID':
      return error.message;
  }
}
