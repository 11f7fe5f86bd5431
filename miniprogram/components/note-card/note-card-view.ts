/** What the card shows, computed from the note's state. No `wx` in here. */
import { fill, type Copy } from '../../i18n/index';
import type { NoteState } from '../../note/note';

export interface NoteCardView {
  title: string;
  placeholder: string;
  text: string;
  /** What became of the last attempt, or what is under way; empty when there is nothing to say. */
  status: string;
  /** What saving would write over, and they have not seen; empty when there is nothing. */
  saved: string;
  action: string;
  busy: boolean;
  /** Nothing can be written: something is under way, or what was written is hidden until they have signed in again. */
  locked: boolean;
}

export function noteCardView(state: NoteState, { note }: Copy): NoteCardView {
  const status =
    state.busy === 'reading'
      ? note.reading
      : state.outcome === undefined
        ? ''
        : note[state.outcome];
  return {
    title: note.title,
    placeholder: note.placeholder,
    text: state.text,
    status,
    saved: state.saved === undefined ? '' : fill(note.replaces, { text: state.saved }),
    action: state.busy === 'saving' ? note.saving : note.save,
    busy: state.busy !== undefined,
    locked: state.busy !== undefined || state.outcome === 'kept',
  };
}
