/** The nickname and the avatar that a person shows. */
import { database, deleteFile } from 'wx-server-sdk';
import { ownEnvironment } from '../shared/personal-data/own-environment';
import { protectedEnvironment, withSession } from '../shared/session/with-session';
import { cloudProfileStore } from './cloud-profile-store';
import { profileAction, removeUpload } from './profile-action';

const profiles = (): ReturnType<typeof cloudProfileStore> =>
  cloudProfileStore({ database: database(), deleteFile, environment: ownEnvironment() });

export const main = withSession(
  'profile',
  (call) => profileAction(call, profiles()),
  protectedEnvironment(),
  (call) => removeUpload(call, profiles()),
);
