/** The nickname and the avatar that a person shows. */
import { protectedEnvironment, withSession } from '../shared/session/with-session';
import { deployedProfileStore } from './deployed-profile-store';
import { profileAction, removeUpload } from './profile-action';

export const main = withSession(
  'profile',
  (call) => profileAction(call, deployedProfileStore()),
  protectedEnvironment(),
  (call) => removeUpload(call, deployedProfileStore()),
);
