/** What the card shows, computed from the note's state. No `wx` in here. */
import { fill, type Copy } from '../../i18n/index';
import type { NoteState } from '../../note/note';

export interface NoteCardView {
  title: string;
  placeholder: string;
  text: string;
  /** What became of the last attempt, or what is under way; empty when there is nothing to say. */
  status: string;
  action: string;
  busy: boolean;
  /**
   * Nothing can be written: something is under way, or what was written is hidden until they have
   * signed in again.
   */
  locked: boolean;
}

export function noteCardView(state: NoteState, { note }: Copy): NoteCardView {
  return {
    title: note.title,
    placeholder: note.placeholder,
    text: state.text,
    status: statusOf(state, note),
    action: state.busy === 'saving' ? note.saving : note.save,
    busy: state.busy !== undefined,
    locked: state.busy !== undefined || state.outcome === 'kept',
  };
}

function statusOf({ busy, outcome, saved }: NoteState, note: Copy['note']): string {
  if (busy === 'reading') return note.reading;
  // Before anything else: they asked for it to be saved, and it is not.
  if (saved !== undefined) return fill(note.replaces, { text: saved });
  return outcome === undefined ? '' : note[outcome];
}
