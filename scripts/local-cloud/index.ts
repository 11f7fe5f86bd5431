/**
 * WeChat Cloud Development on this machine: the server that `wx-server-sdk` talks to, and a runtime
 * for cloud functions. See README.md beside this file.
 */
import { join, resolve } from 'node:path';
import { createPermissions, type Permission, type Permissions } from './client-access/permissions';
import { createCallLog } from './environment/call-log';
import { createClock } from './environment/clock';
import { createFaults } from './environment/faults';
import { callFunction } from './functions/call-function';
import { findFunction, listFunctions } from './functions/function-files';
import { createFunctionPool } from './functions/function-pool';
import { createNestedCall, type CallFunctionAs } from './functions/nested-call';
import { buildRuntime } from './functions/runtime-file';
import { lockDataDir, makeDataDir, requireFunctionsDir } from './environment/folders';
import { ENVIRONMENT_ID, sdkVariables } from './environment/sdk-variables';
import { startTimers } from './functions/timers';
import { createListener } from './server/http';
import type { IndexDefinition } from './database/store/collection';
import { LocalCloudStartError } from './environment/start-error';
import { listen } from './server/listen';
import {
  FormatVersionError,
  openDocumentStore,
  type DocumentStore,
} from './database/store/document-store';
import { NotWritten } from './database/store/commit';
import { addDocuments, seedEmpty, type Seed } from './database/seed';
import { createOpenInterfaces } from './open-interfaces/open-interfaces';
import { openFileStore } from './storage/file-store';

export { isBasicPermission, type BasicPermission } from './client-access/permissions';
export type { Seed } from './database/seed';
export type { IndexDefinition } from './database/store/collection';
export { isCollectionName } from './database/collection-name';
export { LocalCloudStartError } from './environment/start-error';
export { describeProject, installArguments } from './project/describe-project';
export {
  readFunctions,
  readProject,
  type MiniprogramFolders,
  type Project,
} from './project/project';
export { ProjectError } from './project/project-config';

export interface CollectionSetup {
  name: string;
  indexes: readonly IndexDefinition[];
  /** Of mini programs; functions may do everything. Default: `PRIVATE`. */
  permission?: Permission;
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
  /**
   * Receives each line that a function prints, with the function's name in front, and one line for
   * each call that failed.
   */
  onLog?: (line: string) => void;
  /** What `GET /calls` shows of a result. Without it nothing: results may be secret. */
  summarise?: (result: unknown) => object;
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
  const permissions = permissionsOf(options.collections ?? []);
  makeDataDir(dataDir);
  const unlock = await lockDataDir(dataDir);
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
    const onLog = options.onLog ?? (() => undefined);
    const pool = createFunctionPool({
      folder: functionsDir ?? '',
      runtimeFile: await buildRuntime(dataDir),
      environmentFor: (name) => ({
        PATH: process.env['PATH'] ?? '',
        ...sdkVariables(`http://127.0.0.1:${port}`),
        ...options.functionVariables?.[name],
      }),
      maxInstances: options.maxInstances ?? DEFAULT_MAX_INSTANCES,
      onLateCrash: (name, { headline }) => onLog(`${name} ended between two calls: ${headline}`),
    });
    undo.unshift(() => pool.killInstances());
    for (const { name, problem } of listFunctions(functionsDir ?? '')) {
      if (problem !== undefined) onLog(`${name} can't run: ${problem}`);
    }
    const { summarise } = options;
    const environmentId = ENVIRONMENT_ID;
    const dependencies = { pool, clock, faults, calls, environmentId, onLog, summarise };
    const call: CallFunctionAs = (name, caller, data) =>
      callFunction(dependencies, name, caller, data);
    const openInterfaces = createOpenInterfaces({
      clock,
      calls,
      permissionsOf: (name) => findFunction(functionsDir ?? '', name)?.permissions ?? [],
      onLog,
    });
    const listener = createListener({
      store,
      files,
      url: () => `http://127.0.0.1:${port}`,
      clock,
      faults,
      calls,
      permissions,
      callFunction: call,
      callNested: createNestedCall(calls, call),
      openInterfaces,
      duplicateKeyCode: options.duplicateKeyCode ?? 'DATABASE_DUPLICATE_WRITE',
      killInstances: (name) => pool.killInstances(name),
      seed: (seed) => addDocuments(store, seed),
      reset: async () => {
        await store.clear();
        await files.clear();
        await addCollections();
        await seedEmpty(store, options.seed ?? {});
        calls.clear();
        openInterfaces.reset();
        clock.reset();
      },
    });
    const server = await listen(listener, options.port);
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
    throw error instanceof NotWritten ? unusable(dataDir, error) : error;
  }
}

function unusable(dataDir: string, { message }: NotWritten): LocalCloudStartError {
  return new LocalCloudStartError(
    'DATA_DIR_UNUSABLE',
    `The data cannot be kept in ${dataDir}: make room there, or choose another folder with --data. ${message}`,
  );
}

function permissionsOf(collections: readonly (string | CollectionSetup)[]): Permissions {
  const given = collections.flatMap((collection) =>
    typeof collection === 'string' || collection.permission === undefined
      ? []
      : [[collection.name, collection.permission]],
  );
  try {
    return createPermissions(Object.fromEntries(given) as Record<string, unknown>);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new LocalCloudStartError('PERMISSION_INVALID', error.message);
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
