import { database, deleteFile } from 'wx-server-sdk';
import { cloudNoteStore } from '../note/cloud-note-store';
import { cloudProfileStore } from '../profile/cloud-profile-store';
import { cloudEnvironment } from '../shared/session/cloud-environment';
import { ownEnvironment } from '../shared/personal-data/own-environment';
import { functionEntry } from '../shared/session/function-entry';
import { accountAction } from './account-action';

const environment = cloudEnvironment();

export const main = functionEntry('account', environment, (call) =>
  accountAction(call, [
    cloudNoteStore(database()),
    cloudProfileStore({ database: database(), deleteFile, environment: ownEnvironment() }),
  ]),
);
