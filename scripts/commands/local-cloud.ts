import { resolve } from 'node:path';
import type { CollectionSetup } from '#local-cloud';
import { CommandError, UsageError } from '../lib/command-error';
import { defineCommand, port } from '../lib/command-line';

interface LocalCloudCommandOptions {
  port: number;
  project?: string;
  install?: true;
  data?: string;
  functions?: string;
  collection?: readonly string[];
  permission?: readonly string[];
}

export const command = defineCommand(
  'local-cloud',
  'Serves the local cloud alone: the database, the cloud functions, their logs.',
)
  .addOption(port('--port <port>', 'on 127.0.0.1', 8787))
  .option(
    '--project <folder>',
    'a mini program: its project.config.json says where the functions are',
  )
  .option(
    '--install',
    'installs the packages that the functions require, with npm, in their folders',
  )
  .option(
    '--data <folder>',
    'where the state is kept (default: .local-cloud; a folder in it for --project)',
  )
  .option(
    '--functions <folder>',
    'folder of built functions, NAME/index.js (default: dist/cloudfunctions)',
  )
  .option(
    '--collection <name>',
    'a collection to make when it is not there; may be repeated',
    (name: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), name],
  )
  .option(
    '--permission <name=value>',
    'who may use a collection without a function: READONLY, PRIVATE (the default), ADMINWRITE or ADMINONLY; may be repeated',
    (given: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), given],
  )
  .action(async (options: LocalCloudCommandOptions) => {
    const cloud = await startCloud(options);
    console.log(`local cloud ready on ${cloud.url}`);
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        void cloud.close().then(() => process.exit(0));
      });
    }
  });

interface Served {
  dataDir: string;
  functionsDir?: string;
  collections: readonly (string | CollectionSetup)[];
  functionVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  summarise?: (result: unknown) => object;
}

async function startCloud(options: LocalCloudCommandOptions) {
  const { createLocalCloud, LocalCloudStartError } = await import('#local-cloud');
  const { withGiven } = await import('../other-project');
  const { port, data } = options;
  // Before anything is looked at.
  await withGiven([], options);
  try {
    const served = await chooseServed(options);
    return await createLocalCloud({
      ...served,
      port,
      dataDir: resolve(data ?? served.dataDir),
      collections: await withGiven(served.collections, options),
      onLog: console.log,
    });
  } catch (error) {
    if (!(error instanceof LocalCloudStartError)) throw error;
    const isOwn = options.project === undefined && options.functions === undefined;
    if (isOwn && error.code === 'FUNCTIONS_DIR_MISSING') {
      throw new CommandError(`${error.message} Or run "npm run build" first.`, { cause: error });
    }
    throw new CommandError(error.message, { cause: error });
  }
}

async function chooseServed(options: LocalCloudCommandOptions): Promise<Served> {
  const { project: folder, functions, install = false } = options;
  const { root } = await import('../project/root');
  const own = `${root}/dist/cloudfunctions`;
  const dataDir = `${root}/.local-cloud`;
  if (folder !== undefined && functions !== undefined) {
    throw new UsageError('Give either --project or --functions: a project names its functions.');
  }
  const functionsDir = resolve(functions ?? own);
  if (folder === undefined && functionsDir === resolve(own)) {
    if (install) throw new UsageError('--install needs --project or --functions.');
    const { readResources } = await import('../project/resources');
    const { localKeys } = await import('../project/identity-key');
    const { summariseResult } = await import('../project/result-summary');
    const { collections, functions } = readResources(`${root}/cloudfunctions/resources.json`);
    const functionVariables = localKeys(functions);
    return { dataDir, functionsDir, collections, functionVariables, summarise: summariseResult };
  }

  const { readOtherProject } = await import('../other-project');
  const chosen = folder === undefined ? { functions: functionsDir } : { project: resolve(folder) };
  const { project, description, id } = await readOtherProject(chosen, install, console.log);
  const kept = id === undefined ? dataDir : `${dataDir}/${id}`;
  console.log([...description, `data in ${options.data ?? kept}`].join('\n'));
  return {
    dataDir: kept,
    collections: project.collections.names,
    ...(project.functionsDir !== undefined && { functionsDir: project.functionsDir }),
  };
}
