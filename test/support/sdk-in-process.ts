/** The real SDK in the process of a test, on a local cloud. */
import * as sdk from 'wx-server-sdk';
import { openCloud, type CloudOptions, type TestCloud } from './local-cloud';
import { sdkVariables } from '#local-cloud/testing';

export type Database = ReturnType<typeof sdk.database>;

/** Opens a cloud, and points the SDK at it until it is closed. */
export async function openCloudWithSdk(
  timeoutMs: number,
  options: CloudOptions = {},
): Promise<TestCloud> {
  const cloud = await openCloud(options);
  const before = { ...process.env };
  Object.assign(process.env, sdkVariables(cloud.url));
  // Missing from the SDK's types, as in cloud-environment.ts.
  const initOptions: object = { env: sdk.DYNAMIC_CURRENT_ENV, timeout: timeoutMs };
  sdk.init(initOptions);
  return {
    ...cloud,
    async close() {
      process.env = before;
      await cloud.close();
    },
  };
}

export function openDatabase(): Database {
  const options: object = { throwOnNotFound: false };
  return sdk.database(options);
}

/** The real database; each request first waits for `gate`. */
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
