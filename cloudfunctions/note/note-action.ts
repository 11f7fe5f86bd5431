import type { SavingCall } from '../shared/personal-data/personal-documents';
import type { Refusal } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';
import type { ProtectedCall } from '../shared/session/with-session';
import type { NoteReply } from './note-contract';

export interface NoteStore {
  /** Empty when the person has saved none. */
  read(account: ProtectedCall['account']): Promise<string>;
  save(call: SavingCall, text: string): Promise<{ ok: true } | Refusal>;
}

/** In UTF-16 code units. */
const MAX_NOTE_LENGTH = 2_000;
const HALF_A_CHARACTER = /\p{Surrogate}/gu;

/**
 * `data` is `{ action: 'read' }` or `{ action: 'save', text }`; both answer with the note as it is
 * then.
 */
export async function noteAction(call: ProtectedCall, notes: NoteStore): Promise<NoteReply> {
  const { action, text } = call.data;
  if (action === 'read') return { ok: true, text: await notes.read(call.account) };
  if (action !== 'save') return refuse('INVALID_INPUT', { field: 'action' });
  if (typeof text !== 'string' || text.length > MAX_NOTE_LENGTH) {
    return refuse('INVALID_INPUT', { field: 'text' });
  }
  // Databases can't store half a surrogate pair: the answer is what was stored.
  const kept = text.replace(HALF_A_CHARACTER, '\uFFFD');
  const outcome = await notes.save(call, kept);
  return outcome.ok ? { ok: true, text: kept } : outcome;
}
