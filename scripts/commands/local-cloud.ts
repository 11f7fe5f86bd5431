import { resolve } from 'node:path';
import { CommandError, UsageError } from '../lib/command-error';
import { defineCommand, port } from '../lib/command-line';

interface LocalCloudCommandOptions {
  port: number;
  data?: string;
  functions?: string;
  collection?: readonly string[];
}

export const command = defineCommand(
  'local-cloud',
  'Serves the local cloud alone: the database, the cloud functions, their logs.',
)
  .addOption(port('--port <port>', 'on 127.0.0.1', 8787))
  .option('--data <folder>', 'where the state is kept (default: .local-cloud)')
  .option(
    '--functions <folder>',
    'folder of built functions, NAME/index.js (default: dist/cloudfunctions)',
  )
  .option(
    '--collection <name>',
    'a collection to make when it is not there; may be repeated',
    (name: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), name],
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

async function startCloud({ port, data, functions, collection = [] }: LocalCloudCommandOptions) {
  const { createLocalCloud, isCollectionName, LocalCloudStartError } = await import('#local-cloud');
  const { readResources } = await import('../project/resources');
  const { summariseResult } = await import('../project/result-summary');
  const { root } = await import('../project/root');
  for (const name of collection) {
    if (!isCollectionName(name)) {
      throw new UsageError(`--collection must be the name of a collection, not "${name}".`);
    }
  }
  const own = `${root}/dist/cloudfunctions`;
  const functionsDir = resolve(functions ?? own);
  // Another project's functions have collections of their own.
  const isOwn = functionsDir === resolve(own);
  const declared = isOwn ? readResources(`${root}/cloudfunctions/resources.json`).collections : [];
  try {
    return await createLocalCloud({
      port,
      dataDir: resolve(data ?? `${root}/.local-cloud`),
      functionsDir,
      collections: [...declared, ...collection],
      onLog: console.log,
      ...(isOwn && { summarise: summariseResult }),
    });
  } catch (error) {
    if (!(error instanceof LocalCloudStartError)) throw error;
    if (isOwn && error.code === 'FUNCTIONS_DIR_MISSING') {
      throw new CommandError(`${error.message} Or run "npm run build" first.`, { cause: error });
    }
    throw new CommandError(error.message, { cause: error });
  }
}
