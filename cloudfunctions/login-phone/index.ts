/** Signs in by a phone number: apart from `login`, which stays as quick as it is. */
import { functionEntry } from '../shared/session/function-entry';
import { readIdentityKey } from '../shared/session/read-policy';
import { protectedEnvironment } from '../shared/session/with-session';
import { readPhoneNumber } from '../shared/ways-in/phone-code';
import { loginPhoneAction } from './login-phone-action';

const environment = protectedEnvironment();
const identityKey = readIdentityKey(process.env, environment.policy);
const { whileSignedIn } = environment;

export const main = functionEntry('login-phone', environment, (call) =>
  loginPhoneAction(call, { readPhoneNumber, identityKey, whileSignedIn }),
);
