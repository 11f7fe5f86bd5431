/** Notes in the collection `notes` (ADMINONLY), one document a person. */
import { createHash } from 'node:crypto';
import type { database } from 'wx-server-sdk';
import type { PersonalData } from '../account/account-action';
import type { NoteStore } from './note-action';

/** The id is derived from the identity that WeChat vouches for: there is no query in which to name somebody else. */
const idOf = (owner: { openid: string; appid: string }): string =>
  createHash('sha256').update(`${owner.appid}:${owner.openid}`).digest('base64url');

export function cloudNoteStore(db: ReturnType<typeof database>): NoteStore & PersonalData {
  const notes = db.collection('notes');
  return {
    async read(owner) {
      const reply: unknown = await notes.where({ _id: idOf(owner) }).get();
      const [note] = (reply as { data: { text?: unknown }[] }).data;
      return typeof note?.text === 'string' ? note.text : '';
    },
    async removeAll(owner) {
      await notes.where({ _id: idOf(owner) }).remove();
    },
    async save(owner, text, at) {
      const data = { openid: owner.openid, appid: owner.appid, text, savedAt: at };
      await notes.doc(idOf(owner)).set({ data });
    },
  };
}
