import type { SessionStore } from '#functions/testing';

type Operation = keyof SessionStore;

/** A store that records the name of every operation. */
export function countingSessionStore(
  store: SessionStore,
): SessionStore & { operations: Operation[] } {
  const operations: Operation[] = [];
  const counted = Object.entries(store).map(([name, operation]) => [
    name,
    (...args: unknown[]): unknown => {
      operations.push(name as Operation);
      return Reflect.apply(operation as (...args: unknown[]) => unknown, store, args);
    },
  ]);
  return { ...(Object.fromEntries(counted) as SessionStore), operations };
}
