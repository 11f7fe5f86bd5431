/** The ways into the person's account. */
import { readIdentityKey } from '../shared/session/read-policy';
import { protectedEnvironment, withOpenSession } from '../shared/session/with-session';
import { readPhoneNumber } from '../shared/ways-in/phone-code';
import { freshWithinMs, identityAction } from './identity-action';

const environment = protectedEnvironment();
const identityKey = readIdentityKey(process.env, environment.policy);

export const main = withOpenSession(
  'identity',
  (call, opened) => identityAction(call, opened, { readPhoneNumber, identityKey }),
  { environment, freshWithinMs },
);
