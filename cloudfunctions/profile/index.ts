/** The nickname and the avatar that a person shows. */
import { withSession } from '../shared/session/with-session';
import { deployedProfileStore } from './deployed-profile-store';
import { profileAction, removeUpload } from './profile-action';

export const main = withSession('profile', (call) => profileAction(call, deployedProfileStore()), {
  tidyUp: (call) => removeUpload(call, deployedProfileStore()),
});
