/** The real SDK in the process of a test, on a local cloud. */
import * as sdk from 'wx-server-sdk';
import { sdkVariables } from '../../scripts/local-cloud/functions/sdk-variables';

export type Database = ReturnType<typeof sdk.database>;

/** Resolves to how to end it. */
export function useSdk(cloudUrl: string, timeoutMs: number): () => void {
  const before = { ...process.env };
  Object.assign(process.env, sdkVariables(cloudUrl));
  // Missing from the SDK's types, as in cloud-environment.ts.
  const options: object = { env: sdk.DYNAMIC_CURRENT_ENV, timeout: timeoutMs };
  sdk.init(options);
  return () => {
    process.env = before;
  };
}

export function openDatabase(): Database {
  const options: object = { throwOnNotFound: false };
  return sdk.database(options);
}

/** The real database, where something is waited for before each request. */
export function gatedDatabase(gate: () => Promise<void>): Database {
  return gated(openDatabase(), gate) as Database;
}

const REQUESTS = ['get', 'set', 'update', 'remove', 'add', 'count', 'commit', 'rollback'];

function gated(value: unknown, gate: () => Promise<void>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'command') return member;
      return (...args: unknown[]): unknown => {
        const run = (): unknown => Reflect.apply(member, target, args) as unknown;
        if (name === 'startTransaction') return gate().then(async () => gated(await run(), gate));
        if (REQUESTS.includes(String(name))) return gate().then(run);
        return gated(run(), gate);
      };
    },
  });
}
