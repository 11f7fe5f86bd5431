import { database } from 'wx-server-sdk';
import { cloudNoteStore } from '../note/cloud-note-store';
import { deployedProfileStore } from '../profile/deployed-profile-store';
import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { accountAction } from './account-action';

/** An app of your own adds what it keeps about people to this list. */
export const main = functionEntry('account', cloudEnvironment(), (call) =>
  accountAction(call, [cloudNoteStore(database()), deployedProfileStore()]),
);
