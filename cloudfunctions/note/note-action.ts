import type { Reply } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';
import type { ProtectedCall } from '../shared/session/with-session';

export interface NoteStore {
  /** Empty when the person has saved none. */
  read(owner: ProtectedCall['caller']): Promise<string>;
  save(owner: ProtectedCall['caller'], text: string, at: Date): Promise<void>;
}

/** In UTF-16 code units. */
const MAX_NOTE_LENGTH = 2_000;

/** `data` is `{ action: 'read' }` or `{ action: 'save', text }`; either answers with the note as it is then. */
export async function noteAction(
  { data, caller, now }: ProtectedCall,
  notes: NoteStore,
): Promise<Reply<{ text: string }>> {
  const { action, text } = data;
  if (action === 'read') return { ok: true, text: await notes.read(caller) };
  if (action !== 'save') return refuse('INVALID_INPUT', { field: 'action' });
  if (typeof text !== 'string' || text.length > MAX_NOTE_LENGTH) {
    return refuse('INVALID_INPUT', { field: 'text' });
  }
  await notes.save(caller, text, now);
  return { ok: true, text };
}
