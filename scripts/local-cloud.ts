/** `npm run local-cloud`: the local cloud alone. */
import { parseOptions, UsageError } from './command-line';
import { createLocalCloud, LocalCloudStartError } from './local-cloud/index';
import { readResources, type CollectionResource } from './resources';
import { root } from './root';

const USAGE = `Usage: npm run local-cloud -- [options]

  --port P           port on 127.0.0.1 (default 8787; 0: any that is free)
  --data DIR         where the state is kept (default .local-cloud)
  --functions DIR    folder of built functions, NAME/index.js (default dist/cloudfunctions)
  --collection NAME  a collection to make when it is not there; may be repeated`;

interface Options {
  port: number;
  dataDir: string;
  functionsDir: string;
  collections: readonly (string | CollectionResource)[];
}

function readOptions(args: readonly string[]): Options {
  const values = parseOptions(args, {
    port: { type: 'string' },
    data: { type: 'string' },
    functions: { type: 'string' },
    collection: { type: 'string', multiple: true },
  });
  const port = Number(values.port ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(
      `--port must be a whole number from 0 to 65535, not "${values.port ?? ''}".`,
    );
  }
  const declared =
    values.functions === undefined
      ? readResources(`${root}/cloudfunctions/resources.json`).collections
      : [];
  return {
    port,
    dataDir: values.data ?? `${root}/.local-cloud`,
    functionsDir: values.functions ?? `${root}/dist/cloudfunctions`,
    collections: [...declared, ...(values.collection ?? [])],
  };
}

async function main(): Promise<void> {
  const cloud = await createLocalCloud({
    ...readOptions(process.argv.slice(2)),
    onLog: console.log,
  });
  console.log(`local cloud ready on ${cloud.url}`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void cloud.close().then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
  console.error(error instanceof LocalCloudStartError ? error.message : error);
  process.exit(1);
});
