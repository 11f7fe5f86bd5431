/**
 * WeChat Cloud Development on this machine: the server that `wx-server-sdk` talks to, and a runtime
 * for cloud functions. See README.md beside this file.
 */
import { join, resolve } from 'node:path';
import { createCallLog } from './environment/call-log';
import { createClock } from './environment/clock';
import { createFaults } from './environment/faults';
import { callFunction } from './functions/call-function';
import { createFunctionPool } from './functions/function-pool';
import { createNestedCall, type CallFunctionAs } from './functions/nested-call';
import { buildRuntime } from './functions/runtime-file';
import { makeDataDir, requireFunctionsDir } from './environment/folders';
import { ENVIRONMENT_ID, sdkVariables } from './environment/sdk-variables';
import { startTimers } from './functions/timers';
import { createApp } from './server/http';
import type { IndexDefinition } from './database/store/collection';
import { LocalCloudStartError } from './environment/start-error';
import { listen } from './server/listen';
import {
  FormatVersionError,
  openDocumentStore,
  type DocumentStore,
} from './database/store/document-store';
import { lockFolder } from './environment/folder-lock';
import { addDocuments, seedEmpty, type Seed } from './database/seed';
import { openFileStore } from './storage/file-store';

export type { Seed } from './database/seed';
export type { IndexDefinition } from './database/store/collection';
export { isCollectionName } from './database/collection-name';
export { makeDataDir } from './environment/folders';
export { LocalCloudStartError } from './environment/start-error';
export { describeProject, installArguments } from './project/describe-project';
export { readFunctions, readProject, type Project } from './project/project';
export { ProjectError } from './project/project-config';

export interface CollectionSetup {
  name: string;
  indexes: readonly IndexDefinition[];
  /** Not enforced here: clients reach the database only through functions. */
  permission?: string;
}

export interface LocalCloudOptions {
  /** 0: any free port. */
  port: number;
  /** The folder of the state; created if missing. */
  dataDir: string;
  /** A folder of functions, NAME/index.js and NAME/config.json. Without it there are none. */
  functionsDir?: string;
  /** Created at the start and after a reset, unless they exist. */
  collections?: readonly (string | CollectionSetup)[];
  /**
   * Environment variables by function, e.g. secrets. Those of its `config.json` take precedence.
   */
  functionVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the timers of `config.json` fire. Default: yes. */
  timers?: boolean;
  /** How many instances one function may have at once; further calls wait. Default: 8. */
  maxInstances?: number;
  /** Documents by collection, added at the start to empty collections. */
  seed?: Seed;
  /** The error code of a duplicate key. Default: `DATABASE_DUPLICATE_WRITE`. */
  duplicateKeyCode?: 'DATABASE_DUPLICATE_WRITE' | 'DATABASE_REQUEST_FAILED';
  /** Receives each line that a function prints, with the function's name in front. */
  onLog?: (line: string) => void;
}

export interface LocalCloud {
  readonly url: string;
  readonly port: number;
  /** Ends every instance and closes the state. */
  close(): Promise<void>;
}

/** On a developer's machine, more would only compete for the processor. */
const DEFAULT_MAX_INSTANCES = 8;

/** @throws LocalCloudStartError */
export async function createLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const dataDir = resolve(options.dataDir);
  const functionsDir =
    options.functionsDir === undefined ? undefined : resolve(options.functionsDir);
  if (functionsDir !== undefined) requireFunctionsDir(functionsDir);
  makeDataDir(dataDir);
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

    // Functions are told the address, which is known only once the server listens.
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
    undo.unshift(() => server.close());
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
