/**
 * An example of a function of your own, protected by the session: a note that only its owner can
 * save and read.
 */
import { database } from 'wx-server-sdk';
import { withSession } from '../shared/session/with-session';
import { cloudNoteStore } from './cloud-note-store';
import { noteAction } from './note-action';

export const main = withSession('note', (call) => noteAction(call, cloudNoteStore(database())));
