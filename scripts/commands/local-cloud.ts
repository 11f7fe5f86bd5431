/** `npm run local-cloud`: the local cloud alone. */
import { resolve } from 'node:path';
import { parseOptions, runCommand, UsageError } from '../lib/command-line';
import { createLocalCloud, LocalCloudStartError } from '#local-cloud';
import { readResources, type CollectionResource } from '../project/resources';
import { root } from '../project/root';

const USAGE = `npm run local-cloud -- [options]

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
  const own = `${root}/dist/cloudfunctions`;
  const functionsDir = resolve(values.functions ?? own);
  // Another project's functions have collections of their own.
  const declared =
    functionsDir === resolve(own)
      ? readResources(`${root}/cloudfunctions/resources.json`).collections
      : [];
  return {
    port,
    dataDir: values.data ?? `${root}/.local-cloud`,
    functionsDir,
    collections: [...declared, ...(values.collection ?? [])],
  };
}

async function main(args: readonly string[]): Promise<undefined> {
  const cloud = await createLocalCloud({ ...readOptions(args), onLog: console.log });
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

void runCommand(USAGE, main, (error) =>
  error instanceof LocalCloudStartError ? error.message : undefined,
);
