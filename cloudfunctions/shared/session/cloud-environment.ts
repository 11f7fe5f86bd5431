/** What the functions use of the running cloud: the SDK, the database, the clock, the log. */
import * as cloud from 'wx-server-sdk';
import { cloudBlockedAccounts } from '../account/blocked-accounts';
import { cloudSignInHistory } from '../account/sign-in-history';
import { expiringDocuments } from '../database/expiring-documents';
import { cloudIdentityStore } from '../identity/cloud-identity-store';
import { cloudSessionStore } from './cloud-session-store';
import { keepConnections } from './connections';
import type { FunctionEnvironment } from './function-entry';
import { createLoginLimit } from './login-limit';
import { mayLogIn } from './may-log-in';
import { readPolicy } from './read-policy';
import { DATABASE_TIMEOUT_MS, hasSeveralWaysIn, type SessionPolicy } from './session-policy';

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
  const db = cloud.database(databaseOptions);
  return {
    begin: () => connections.refresh(),
    // In a call without an identity the SDK returns `{}`; a timer's call is known by its SOURCE.
    getWXContext: () => ({ SOURCE: process.env['TCB_SOURCE'], ...cloud.getWXContext() }),
    store: cloudSessionStore(db),
    policy,
    now: () => new Date(),
    log: console.log,
    limitLogins: createLoginLimit(policy),
    mayLogIn,
    ...whatPolicyAdds(db, policy),
  };
}

/** Nothing of this is created where policy does not ask for it. */
function whatPolicyAdds(
  db: ReturnType<typeof cloud.database>,
  policy: SessionPolicy,
): Partial<FunctionEnvironment> {
  const keepsHistory = policy.signInHistory > 0;
  const expiring = [
    ...(policy.signInMethods.includes('password') ? ['password_attempts'] : []),
    ...(keepsHistory ? ['sign_ins'] : []),
  ];
  return {
    ...(hasSeveralWaysIn(policy) && { identities: cloudIdentityStore(db) }),
    ...(policy.accountBlocking && { blockedAccounts: cloudBlockedAccounts(db) }),
    ...(keepsHistory && { history: cloudSignInHistory(db, policy.signInHistory) }),
    expiring: [
      expiringDocuments(db, 'device_grants', { mayBeMissing: true }),
      ...expiring.map((name) => expiringDocuments(db, name)),
    ],
  };
}
