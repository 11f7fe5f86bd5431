/**
 * WeChat Cloud Development on this machine: the server that `wx-server-sdk` talks to, and the runtime of cloud
 * functions. See README.md beside this file.
 */
import { serve, type ServerType } from '@hono/node-server';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCallLog } from './call-log';
import { createClock } from './clock';
import type { Seed } from './control';
import { createFaults } from './faults';
import { callFunction } from './functions/call-function';
import { createFunctionPool } from './functions/function-pool';
import { createNestedCall, type CallFunctionAs } from './functions/nested-call';
import { buildRuntime } from './functions/runtime-file';
import { ENVIRONMENT_ID, sdkVariables } from './functions/sdk-variables';
import { startTimers } from './functions/timers';
import { createApp } from './http';
import type { CollectionResource } from '../project/resources';
import { LocalCloudStartError } from './start-error';
import { FormatVersionError, openDocumentStore, type DocumentStore } from './state/document-store';
import { lockFolder } from './state/folder-lock';
import { addDocuments, seedEmpty } from './state/seed';
import { openFileStore } from './storage/file-store';

export { LocalCloudStartError } from './start-error';

export interface LocalCloudOptions {
  /** 0: any that is free. */
  port: number;
  /** Where the state is kept; made when it is not there. */
  dataDir: string;
  /** A folder of built functions, NAME/index.js and NAME/config.json. Without it there are no functions. */
  functionsDir?: string;
  /** Collections that are made, at the start and after a reset, when they are not there. */
  collections?: readonly (string | CollectionResource)[];
  /** Environment variables by function, beside those of its `config.json`, which win: secrets, say, which no file holds. */
  functionVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the timers of `config.json` fire. Default: yes. */
  timers?: boolean;
  /** How many instances of one function there may be at once; a call beyond waits. Default: 8. */
  maxInstances?: number;
  /** Documents by collection, added at the start to collections that are empty. */
  seed?: Seed;
  /** What a duplicate key is called. Default: `DATABASE_DUPLICATE_WRITE`. */
  duplicateKeyCode?: 'DATABASE_DUPLICATE_WRITE' | 'DATABASE_REQUEST_FAILED';
  /** What functions print, a line at a time, the function's name before it. */
  onLog?: (line: string) => void;
}

export interface LocalCloud {
  readonly url: string;
  readonly port: number;
  /** Ends every instance and closes the state. */
  close(): Promise<void>;
}

/** On a developer's machine more would only wait for each other. */
const DEFAULT_MAX_INSTANCES = 8;

/** @throws LocalCloudStartError */
export async function createLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const dataDir = resolve(options.dataDir);
  const functionsDir =
    options.functionsDir === undefined ? undefined : resolve(options.functionsDir);
  if (functionsDir !== undefined && !existsSync(functionsDir)) {
    throw new LocalCloudStartError(
      'FUNCTIONS_DIR_MISSING',
      `There are no functions in ${functionsDir}: run "npm run build" first.`,
    );
  }
  mkdirSync(dataDir, { recursive: true });
  const unlock = await lockFolder(dataDir);
  if (unlock === undefined) {
    throw new LocalCloudStartError(
      'DATA_DIR_IN_USE',
      `Another local cloud uses the data folder ${dataDir}: stop it, or choose another folder with --data.`,
    );
  }

  const undo: (() => Promise<unknown>)[] = [unlock];
  try {
    const store = await openStore(dataDir);
    undo.unshift(() => store.close());
    const files = openFileStore(join(dataDir, 'files'));
    const clock = createClock();
    const faults = createFaults();
    const calls = createCallLog();
    const addCollections = async (): Promise<void> => {
      for (const collection of options.collections ?? []) {
        const isName = typeof collection === 'string';
        const name = isName ? collection : collection.name;
        await store.addCollection(name);
        if (!isName) await store.ensureIndexes(name, collection.indexes);
      }
    };
    await addCollections();
    await seedEmpty(store, options.seed ?? {});

    // The address is known to the functions only once the server has a port.
    let port = options.port;
    const pool = createFunctionPool(
      functionsDir ?? '',
      await buildRuntime(dataDir),
      (name) => ({
        PATH: process.env['PATH'] ?? '',
        ...sdkVariables(`http://127.0.0.1:${port}`),
        ...options.functionVariables?.[name],
      }),
      options.maxInstances ?? DEFAULT_MAX_INSTANCES,
    );
    undo.unshift(() => pool.killInstances());
    const onLog = options.onLog ?? (() => undefined);
    const dependencies = { pool, clock, faults, calls, environmentId: ENVIRONMENT_ID, onLog };
    const call: CallFunctionAs = (name, caller, data) =>
      callFunction(dependencies, name, caller, data);
    const app = createApp({
      store,
      files,
      url: () => `http://127.0.0.1:${port}`,
      clock,
      faults,
      calls,
      callFunction: call,
      callNested: createNestedCall(calls, call),
      duplicateKeyCode: options.duplicateKeyCode ?? 'DATABASE_DUPLICATE_WRITE',
      killInstances: (name) => pool.killInstances(name),
      seed: (seed) => addDocuments(store, seed),
      reset: async () => {
        await store.clear();
        await files.clear();
        await addCollections();
        await seedEmpty(store, options.seed ?? {});
        calls.clear();
        clock.reset();
      },
    });
    const server = await listen(app.fetch, options.port);
    undo.unshift(() => closeServer(server.server));
    port = server.port;
    if (options.timers !== false && functionsDir !== undefined) {
      const timers = startTimers(functionsDir, clock, call);
      undo.unshift(async () => {
        timers.stop();
        return Promise.resolve();
      });
    }
    return { url: `http://127.0.0.1:${port}`, port, close: () => runAll(undo) };
  } catch (error) {
    await runAll(undo);
    throw error;
  }
}

async function runAll(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) await step();
}

async function openStore(dataDir: string): Promise<DocumentStore> {
  try {
    return await openDocumentStore(dataDir);
  } catch (error) {
    if (!(error instanceof FormatVersionError)) throw error;
    throw new LocalCloudStartError(
      'DATA_DIR_VERSION',
      `The data folder ${dataDir} was written by another version of the local cloud (${error.message}): choose another folder with --data, or delete it.`,
    );
  }
}

type Fetch = Parameters<typeof serve>[0]['fetch'];

function listen(fetch: Fetch, port: number): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, (address) =>
      resolve({ server, port: address.port }),
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const message = `The port ${port} is in use: stop what uses it, or choose another with --port.`;
      reject(inUse ? new LocalCloudStartError('PORT_IN_USE', message) : error);
    });
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
