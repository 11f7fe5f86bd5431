/** What the functions use of the running cloud: the SDK, the database, the clock, the log. */
import * as cloud from 'wx-server-sdk';
import { cloudSessionStore } from './cloud-session-store';
import { keepConnections } from './connections';
import type { FunctionEnvironment } from './function-entry';
import { createLoginLimit } from './login-limit';
import { DATABASE_TIMEOUT_MS, readPolicy } from './session-policy';

/**
 * @throws PolicyError when an environment variable of the function makes no sense; the function
 * then does not start
 */
export function cloudEnvironment(): FunctionEnvironment {
  const policy = readPolicy(process.env);
  // Both options are read by the SDK and missing from its types: `timeout` is passed on to its HTTP
  // client, and `throwOnNotFound` makes an absent document `null`. The types also want a string
  // where the documentation passes the symbol DYNAMIC_CURRENT_ENV: the environment the function
  // runs in.
  const initOptions: object = { env: cloud.DYNAMIC_CURRENT_ENV, timeout: DATABASE_TIMEOUT_MS };
  const databaseOptions: object = { throwOnNotFound: false };
  cloud.init(initOptions);
  const connections = keepConnections();
  return {
    begin: () => connections.refresh(),
    // In a call without an identity the SDK returns `{}`; a timer's call is known by its SOURCE.
    getWXContext: () => ({ SOURCE: process.env['TCB_SOURCE'], ...cloud.getWXContext() }),
    store: cloudSessionStore(cloud.database(databaseOptions)),
    policy,
    now: () => new Date(),
    log: console.log,
    limitLogins: createLoginLimit(policy),
  };
}
