/** The instances of all functions: a call takes an idle one, starts one, or waits its turn. */
import { findFunction, type FunctionFiles } from './function-files';
import { startInstance, type FunctionInstance } from './function-instance';

export interface Lease {
  files: FunctionFiles;
  instance: FunctionInstance;
  /** Whether the instance was started for this call. */
  cold: boolean;
  release(): void;
}

export interface FunctionPool {
  /** `undefined` when there is no such function. Resolves when an instance is free. */
  lease(name: string): Promise<Lease | undefined>;
  /**
   * Ends instances, as the platform may at any time: running calls crash, later ones start cold.
   */
  killInstances(name?: string): Promise<void>;
}

interface FunctionState {
  idle: FunctionInstance[];
  running: Set<FunctionInstance>;
  waiting: (() => void)[];
}

export function createFunctionPool(
  folder: string,
  runtimeFile: string,
  environmentFor: (name: string) => Readonly<Record<string, string>>,
  /** The limit for one function. */
  maxInstances: number,
): FunctionPool {
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

  /** An idle instance that runs the current script. */
  function takeIdle(state: FunctionState, files: FunctionFiles): FunctionInstance | undefined {
    for (;;) {
      const instance = state.idle.pop();
      if (instance === undefined) return undefined;
      if (instance.alive && instance.builtAt === files.builtAt) return instance;
      void instance.kill();
    }
  }

  return {
    async lease(name) {
      const files = findFunction(folder, name);
      if (files === undefined) return undefined;
      const state = stateOf(name);
      while (state.running.size >= maxInstances) {
        await new Promise<void>((resolve) => state.waiting.push(resolve));
      }
      const warm = takeIdle(state, files);
      const instance =
        warm ?? startInstance(++lastInstanceId, runtimeFile, files, environmentFor(name));
      state.running.add(instance);
      return {
        files,
        instance,
        cold: warm === undefined,
        release() {
          state.running.delete(instance);
          if (instance.alive) state.idle.push(instance);
          state.waiting.shift()?.();
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
