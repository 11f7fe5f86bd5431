import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { CommandError, UsageError } from '../lib/command-error';
import { defineCommand, port } from '../lib/command-line';
import { problemWithMethods } from '../project/sign-in-methods';

interface StartOptions {
  port: number;
  cloudPort: number;
  /** The absolute path, once it is read. */
  data: string;
  /** Somebody else's, in the place of this project. */
  project?: string;
  install?: true;
  collection?: readonly string[];
  permission?: readonly string[];
  /** Build first, or run what is in dist/ already. */
  build: boolean;
  /** In the place of those that the project offers. */
  signInMethods?: string;
}

export const command = defineCommand(
  'start',
  'Builds the project and serves two phones in a browser, on a local cloud.',
)
  .addOption(port('--port <port>', 'of the page on 127.0.0.1', 5180))
  .addOption(port('--cloud-port <port>', 'of the local cloud', 8787))
  .option('--data <folder>', 'where the local cloud keeps its state', '.local-cloud')
  .addOption(
    new Option(
      '--sign-in-methods <list>',
      'the ways in to try, e.g. wechat,phone,password (default: those in cloudfunctions/resources.json)',
    ).argParser(signInMethods),
  )
  .option('--no-build', 'take what "npm run build" made last')
  .option(
    '--project <folder>',
    'show another mini program, with its functions: the folder of its project.config.json or app.json',
  )
  .option('--install', 'with --project: installs the packages that its functions require, with npm')
  .option(
    '--collection <name>',
    'with --project: a collection to make when it is not there; may be repeated',
    (name: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), name],
  )
  .option(
    '--permission <name=value>',
    'with --project: who may use a collection without a function: READONLY, PRIVATE (the default), ADMINWRITE or ADMINONLY; may be repeated',
    (given: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), given],
  )
  .action(async (given: StartOptions, command: Command) => {
    requireFitting(given, command);
    const { root } = await import('../project/root');
    if (given.project !== undefined) {
      await showOther(given, given.project, command);
      return;
    }
    const isGiven = command.getOptionValueSource('data') !== 'default';
    const options = { ...given, data: isGiven ? resolve(given.data) : resolve(root, given.data) };
    await requireFreePorts(options);
    if (!options.build) await requireBuild(options);
    await prepareData(options);
    if (options.build) {
      const { build } = await import('../build');
      await build(options);
    }
    const stack = await startStack(options);
    const interrupted = interruption();
    console.log(welcome(stack.url, options));
    await interrupted;
    console.log(pc.dim('Stopping ...'));
    await stack.close();
  });

const ONLY_WITH_PROJECT = ['install', 'collection', 'permission'];
const NOT_WITH_PROJECT = { build: '--no-build', signInMethods: '--sign-in-methods' };

/** @throws UsageError for options that say nothing together */
function requireFitting({ project }: StartOptions, command: Command): void {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  if (project === undefined) {
    const alone = ONLY_WITH_PROJECT.find(isGiven);
    if (alone !== undefined) throw new UsageError(`--${alone} needs --project.`);
    return;
  }
  for (const [name, flag] of Object.entries(NOT_WITH_PROJECT)) {
    if (isGiven(name)) {
      throw new UsageError(`${flag} is about this project's own mini program, not --project.`);
    }
  }
}

/** Another mini program than this project's: nothing is built, and nothing written into it. */
async function showOther(given: StartOptions, folder: string, command: Command): Promise<void> {
  const { follow, readMiniprogram, readOtherProject, withGiven } = await import('../other-project');
  // What is wrong with the options is said before anything is looked at.
  await withGiven([], given);
  const chosen = { project: resolve(folder) };
  const { project, description, id } = await readOtherProject(chosen, given.install ?? false, say);
  if (project.miniprogram === undefined || id === undefined) throw new Error('no mini program');
  const { dir, title, appid, warnings } = await readMiniprogram(project.miniprogram);
  const { root } = await import('../project/root');
  const isGiven = command.getOptionValueSource('data') !== 'default';
  const data = isGiven ? resolve(given.data) : `${root}/.local-cloud/${id}`;
  const options = { ...given, data };
  await requireFreePorts(options);
  await prepareData(options);
  say([...description, ...warnings].join('\n'));
  const { functionsDir, collections } = project;
  const { startOtherStack } = await import('../stack');
  const stack = await explaining(options, async () =>
    startOtherStack({
      project: { id, title, appid },
      miniprogramDir: dir,
      ...(functionsDir !== undefined && { functionsDir }),
      collections: await withGiven(collections.names, given),
      port: given.port,
      cloudPort: given.cloudPort,
      dataDir: data,
      onLog,
    }),
  );
  const interrupted = interruption();
  const follower = await follow({
    dir,
    ...(functionsDir !== undefined && { functionsDir }),
    shown: stack,
    say,
  });
  say(welcomeToOther(stack.url, title, options));
  await interrupted;
  say(pc.dim('Stopping ...'));
  await follower.close();
  await stack.close();
}

function say(text: string): void {
  console.log(text);
}

function onLog(line: string): void {
  console.log(pc.dim(line));
}

/** Ctrl-C is how it is meant to end, once it runs. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

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
  await explaining(options, () => {
    makeDataDir(options.data);
  });
}

const portInUse = (port: number): string =>
  `Port ${port} is in use: stop what listens there, or choose another port with --port.`;
const cloudPortInUse = (port: number): string =>
  `Port ${port} is in use: stop what listens there, or choose another port for the local cloud with --cloud-port.`;

async function startStack(options: StartOptions) {
  const { startProjectStack } = await import('../stack');
  const { root } = await import('../project/root');
  return explaining(options, () =>
    startProjectStack({
      port: options.port,
      cloudPort: options.cloudPort,
      ...(options.signInMethods !== undefined && { signInMethods: options.signInMethods }),
      dataDir: options.data,
      assetsDir: `${root}/dist/preview`,
      onLog,
    }),
  );
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

function welcomeToOther(url: string, title: string, { data }: StartOptions): string {
  return `
  ${pc.bold('Open')} ${pc.cyan(url)}

  ${title} on two phones, and between them what its cloud holds.
  Change its files and save: the phones follow.

  ${pc.dim(`Ctrl-C stops it. The data stays in ${data}; "Reset everything" on the page empties it.`)}
`;
}

async function explaining<T>(options: StartOptions, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const sentence = await explain(error, options);
    throw sentence === undefined ? error : new CommandError(sentence, { cause: error });
  }
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
