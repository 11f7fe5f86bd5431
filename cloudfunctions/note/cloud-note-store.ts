/** Notes in the collection `notes` (ADMINONLY), one document a person. */
import type { database } from 'wx-server-sdk';
import type { PersonalData } from '../account/account-action';
import { personKey } from '../shared/person-key';
import type { NoteStore } from './note-action';

export function cloudNoteStore(db: ReturnType<typeof database>): NoteStore & PersonalData {
  const notes = db.collection('notes');
  return {
    async read(owner) {
      const reply: unknown = await notes.where({ _id: personKey(owner) }).get();
      const [note] = (reply as { data: { text?: unknown }[] }).data;
      return typeof note?.text === 'string' ? note.text : '';
    },
    async removeAll(owner) {
      await notes.where({ _id: personKey(owner) }).remove();
    },
    async save(owner, text, at) {
      const data = { openid: owner.openid, appid: owner.appid, text, savedAt: at };
      await notes.doc(personKey(owner)).set({ data });
    },
  };
}
