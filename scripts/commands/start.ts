import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { CommandError, UsageError } from '../lib/command-error';
import { defineCommand, port } from '../lib/command-line';
import { text } from '../lib/language';
import { interruption } from '../lib/interruption';
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
    console.log(pc.dim('Stopping ...'));
    await following?.close();
    await stack.close();
  });

type ProjectStack = Awaited<ReturnType<typeof startStack>>;

/** Resolves once the project is built. What is built later is shown in a stack. */
async function buildAndFollow({ signInMethods, poll }: StartOptions) {
  console.log(pc.dim('Building ...'));
  const { changeInWords, createBuilder, failureInWords, followSources, problemsOf } =
    await import('../build');
  const { root } = await import('../project/root');
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
      console.error(`${error.message}\n${KEPT}`);
    }
  };
  const follower = await followSources({
    builder,
    dir: root,
    poll,
    async onBuilt({ changed, durationMs }, sources) {
      const begin = performance.now();
      stack?.showProblems([]);
      hasMissed = stack === undefined && sources.length > 0;
      if (changed.some((path) => path.startsWith('miniprogram/'))) await refresh();
      console.log(pc.dim(changeInWords(sources, durationMs + performance.now() - begin)));
    },
    onFailed(error, sources) {
      if (sources.length === 0) failed.push(error);
      else console.error(`${failureInWords(error)}\n${KEPT}`);
      stack?.showProblems(problemsOf(error));
      return Promise.resolve();
    },
    onNotice: (sentence) => {
      console.error(sentence);
    },
  });
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

const KEPT = pc.dim('The phones go on with what was built before.');

async function requireFreePorts({ port, cloudPort }: StartOptions): Promise<void> {
  if (port !== 0 && port === cloudPort) {
    throw new UsageError('--port and --cloud-port must not be the same.');
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
      ? 'Nothing is built in dist/ yet: run "npm run build" first.'
      : `Nothing is built with ${signInMethods} yet: leave out --no-build.`,
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
  `Port ${port} is in use: stop what listens there, or choose another port with --port.`;
const cloudPortInUse = (port: number): string =>
  `Port ${port} is in use: stop what listens there, or choose another port for the local cloud with --cloud-port.`;

async function startStack(options: StartOptions) {
  const { startProjectStack } = await import('../stack');
  try {
    return await startProjectStack({
      port: options.port,
      cloudPort: options.cloudPort,
      ...(options.signInMethods !== undefined && { signInMethods: options.signInMethods }),
      dataDir: options.data,
      onLog: (line) => {
        console.log(pc.dim(line));
      },
    });
  } catch (error) {
    throw await explained(error, options);
  }
}

function welcome(url: string, { data }: StartOptions): string {
  return `
  ${pc.bold('Open')} ${pc.cyan(url)}

  1. Sign in on the left phone, then on the right one: the left one is told that it was replaced.
  2. Restart a phone, cut its network, take the database down: who is signed in stays signed in.
  3. Move the clock 30 days ahead: every session has ended.
  4. Put a phone on QQ: it signs in over HTTP, through the gateway.
  5. Open the web page in the middle, sign in on it by phone, and scan its code on Me.

  ${pc.dim(`Ctrl-C stops it. The data stays in ${data}; "Reset everything" on the page empties it.`)}
`;
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
      return `${data} is in use by another local cloud: stop that one, or choose another folder with --data.`;
    case 'DATA_DIR_VERSION':
      return `${data} was written by another version: delete it, or choose another folder with --data.`;
    case 'DATA_DIR_UNUSABLE':
    case 'FUNCTIONS_DIR_MISSING':
    case 'PERMISSION_INVALID':
      return error.message;
  }
}
