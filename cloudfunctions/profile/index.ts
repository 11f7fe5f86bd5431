/** The nickname and the avatar that a person shows. */
import { database, deleteFile } from 'wx-server-sdk';
import { ownEnvironment } from '../shared/own-environment';
import { withSession } from '../shared/session/with-session';
import { cloudProfileStore } from './cloud-profile-store';
import { profileAction } from './profile-action';

export const main = withSession('profile', (call) =>
  profileAction(
    call,
    cloudProfileStore({ database: database(), deleteFile, environment: ownEnvironment() }),
  ),
);
