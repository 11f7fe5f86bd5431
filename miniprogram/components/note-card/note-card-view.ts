/** What the card shows, computed from the note's state. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import type { NoteState } from '../../note/note';

export interface NoteCardView {
  title: string;
  placeholder: string;
  text: string;
  /** What became of the last attempt, or what is under way; empty when there is nothing to say. */
  status: string;
  action: string;
  busy: boolean;
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
    action: state.busy === 'saving' ? note.saving : note.save,
    busy: state.busy !== undefined,
  };
}
