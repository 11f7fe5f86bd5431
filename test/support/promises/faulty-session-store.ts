import { StoreUnavailableError, type SessionStore } from '#functions/testing';

/** What goes wrong in one call of a function, at which of its store operations, counted from 1. */
export interface Fault {
  at: number;
  /**
   * A timeout: the function goes on and answers. A crash: the function is killed, and nobody gets
   * an answer.
   */
  kind: 'timeout' | 'crash';
  /** Whether the operation took place. */
  when: 'before' | 'after';
}

export interface CallTrace {
  store: SessionStore;
  operations: (keyof SessionStore)[];
  /** Whether the fault was met. */
  hit: boolean;
  /** Whether anything was written. */
  wrote: boolean;
  /** Resolves when the function is killed. */
  crashed: Promise<void>;
}

const READS: readonly string[] = ['find', 'findAll'];

/** The store for one call: it records what was done and breaks where it is told to. */
export function faultySessionStore(store: SessionStore, fault: Fault | undefined): CallTrace {
  let crash = (): void => undefined;
  const trace: CallTrace = {
    store,
    operations: [],
    hit: false,
    wrote: false,
    crashed: new Promise((resolve) => {
      crash = resolve;
    }),
  };
  const broken = Object.entries(store).map(([name, operation]) => [
    name,
    async (...args: unknown[]): Promise<unknown> => {
      trace.operations.push(name as keyof SessionStore);
      const hit = trace.operations.length === fault?.at;
      trace.hit ||= hit;
      if (hit && fault.when === 'before') return fail(fault, crash);
      const result = await (Reflect.apply(
        operation as () => unknown,
        store,
        args,
      ) as Promise<unknown>);
      trace.wrote ||= !READS.includes(name);
      return hit ? fail(fault, crash) : result;
    },
  ]);
  trace.store = Object.fromEntries(broken) as SessionStore;
  return trace;
}

function fail({ kind }: Fault, crash: () => void): Promise<never> {
  if (kind === 'timeout') throw new StoreUnavailableError('answer', new Error('timed out'));
  crash();
  return new Promise<never>(() => undefined);
}
