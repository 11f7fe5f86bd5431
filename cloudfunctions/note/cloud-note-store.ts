/** Notes in the collection `notes` (ADMINONLY), one document a person. */
import type { database } from 'wx-server-sdk';
import type { PersonalData } from '../shared/personal-data/personal-data';
import { personalDocuments } from '../shared/personal-data/personal-documents';
import type { NoteStore } from './note-action';

export function cloudNoteStore(db: ReturnType<typeof database>): NoteStore & PersonalData {
  const notes = personalDocuments(db, 'notes');
  return {
    async read(account) {
      const note = await notes.read(account);
      return typeof note?.['text'] === 'string' ? note['text'] : '';
    },
    async save(call, text) {
      const outcome = await notes.save(call, { change: { text } });
      if (outcome.ok || outcome.code !== 'changed') return outcome;
      throw new Error('saving a note has no condition that could fail');
    },
    async removeAll(account, isSignedIn) {
      await notes.remove(account, isSignedIn);
      return { filesLeft: 0 };
    },
  };
}
