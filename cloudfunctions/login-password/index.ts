/** Signs in with a password: apart from `login`, which stays as quick as it is. */
import { database } from 'wx-server-sdk';
import { cloudAttemptStore } from '../shared/password/cloud-attempt-store';
import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { loginPasswordAction } from '../shared/ways-in/login-by-password';

const environment = cloudEnvironment();

export const main = functionEntry('login-password', environment, (call) =>
  loginPasswordAction(call, { attempts: cloudAttemptStore(database()) }),
);
