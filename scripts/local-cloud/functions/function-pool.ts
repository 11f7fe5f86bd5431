/** The instances of all functions: a call takes an idle one, starts one, or waits its turn. */
import { findFunction, type FunctionFiles } from './function-files';
import { startInstance, type FunctionInstance } from './function-instance';
import type { Failure } from './instance/messages';

export interface Lease {
  files: FunctionFiles;
  instance: FunctionInstance;
  /** Whether the instance was started for this call. */
  cold: boolean;
  release(): void;
}

export interface FunctionPool {
  /**
   * Resolves when an instance is free; to `undefined` when there is no such function, and to the
   * files alone when they say that it can't run.
   */
  lease(name: string): Promise<Lease | (FunctionFiles & { problem: string }) | undefined>;
  /**
   * Ends instances, as the platform may at any time: running calls crash, later ones start cold.
   */
  killInstances(name?: string): Promise<void>;
}

export interface FunctionPoolOptions {
  folder: string;
  /** The bundled `instance-main`. */
  runtimeFile: string;
  environmentFor: (name: string) => Readonly<Record<string, string>>;
  /** The limit for one function. */
  maxInstances: number;
  /** An instance ended of its own accord between two calls. */
  onLateCrash: (name: string, failure: Failure) => void;
}

interface FunctionState {
  idle: FunctionInstance[];
  running: Set<FunctionInstance>;
  waiting: (() => void)[];
}

export function createFunctionPool(options: FunctionPoolOptions): FunctionPool {
  const { folder, runtimeFile, environmentFor, maxInstances, onLateCrash } = options;
  const functions = new Map<string, FunctionState>();
  let lastInstanceId = 0;

  function stateOf(name: string): FunctionState {
    let state = functions.get(name);
    if (state === undefined) {
      state = { idle: [], running: new Set(), waiting: [] };
      functions.set(name, state);
    }
    return state;
  }

  /** An idle instance that runs what is on the disk. */
  function takeIdle(idle: FunctionInstance[]): FunctionInstance | undefined {
    for (;;) {
      const instance = idle.pop();
      if (instance === undefined) return undefined;
      if (instance.alive && instance.isCurrent()) return instance;
      void instance.kill();
    }
  }

  return {
    async lease(name) {
      const state = functions.get(name);
      while (state !== undefined && state.running.size >= maxInstances) {
        await new Promise<void>((resolve) => state.waiting.push(resolve));
      }
      const files = findFunction(folder, name);
      if (files?.problem !== undefined || files === undefined) {
        // Removed, or broken since it ran.
        for (const instance of state?.idle.splice(0) ?? []) void instance.kill();
        state?.waiting.shift()?.();
        return files?.problem === undefined ? undefined : { ...files, problem: files.problem };
      }
      const { idle, running, waiting } = stateOf(name);
      const warm = takeIdle(idle);
      const instance =
        warm ??
        startInstance(++lastInstanceId, runtimeFile, files, environmentFor(name), (failure) =>
          onLateCrash(name, failure),
        );
      running.add(instance);
      return {
        files,
        instance,
        cold: warm === undefined,
        release() {
          running.delete(instance);
          if (instance.alive) idle.push(instance);
          waiting.shift()?.();
        },
      };
    },
    async killInstances(name) {
      const killed = [...functions].filter(([own]) => name === undefined || own === name);
      const instances = killed
        .map(([, state]) => state)
        .flatMap(({ idle, running }) => [...idle, ...running]);
      await Promise.all(instances.map((instance) => instance.kill()));
    },
  };
}
