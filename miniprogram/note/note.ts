/** The person's private note: what a page knows of it, and how it is read and saved. No `wx` in here. */
import type { SessionClient } from '../session/session-client';
import type { SessionState } from '../session/session-state';

export interface NoteState {
  text: string;
  busy?: 'reading' | 'saving';
  /**
   * `declined`: not saved, because the person did not want to sign in. `kept`: not saved yet when their session ended by nothing
   * that they did on this phone, and hidden; `restored`: they have signed in again, and it is back.
   */
  outcome?: 'saved' | 'failed' | 'declined' | 'kept' | 'restored';
}

export interface Note {
  readonly state: NoteState;
  /** Follows who is signed in: reads their note, and shows nothing of it once they are signed out. */
  follow(session: SessionState): Promise<void>;
  /** What the person has written so far. Shows nothing new: it is on the screen already. */
  write(text: string): void;
  /** Saves what the person wrote. Somebody who is not signed in is asked to, and it is saved then. */
  save(text: string): Promise<void>;
}

const EMPTY: NoteState = { text: '' };

export function createNote(
  call: SessionClient['call'],
  onChange: (state: NoteState) => void,
): Note {
  let state = EMPTY;
  /** Names one sign-in of one person, or nobody. */
  let shownFor = '';
  /** Written and not saved. In memory only, and of whoever holds this phone: another WeChat starts another mini program. */
  let draft: string | undefined;
  /** It could not be read, and is as soon as the session proves good: saving over what was never seen would lose it. */
  let isUnread = false;
  /** How often the person has signed out here: what was under way then is shown to nobody. */
  let departures = 0;

  function show(next: NoteState): void {
    state = next;
    onChange(next);
  }

  async function read(): Promise<void> {
    const askedFor = shownFor;
    show({ text: '', busy: 'reading' });
    const outcome = await call<{ text: string }>('note', { action: 'read' });
    // By now somebody else may be signed in, or nobody.
    if (shownFor !== askedFor) return;
    isUnread = !outcome.ok;
    if (draft !== undefined) show({ text: draft, outcome: 'restored' });
    else show(outcome.ok ? { text: outcome.text } : { text: '', outcome: 'failed' });
  }

  return {
    get state() {
      return state;
    },
    async follow(session) {
      const next = session.status === 'signedIn' ? session.session.id : '';
      const isGood = next !== '' && session.busy === undefined && session.problem === undefined;
      const readsAgain = isUnread && isGood && state.busy === undefined;
      if (next === shownFor && !readsAgain) return;
      shownFor = next;
      // Somebody who signs out themselves leaves nothing behind.
      if (session.status === 'signedOut' && session.ended === undefined) {
        departures += 1;
        draft = undefined;
        isUnread = false;
        if (state.busy !== 'saving') show(EMPTY);
        return;
      }
      // What is being saved was written just now, and the person may be signing in to save it.
      if (state.busy === 'saving') return;
      // Not shown before they have signed in again: the phone may have been signed out because it is lost.
      if (next === '') show(draft === undefined ? EMPTY : { text: '', outcome: 'kept' });
      else if (draft === undefined || readsAgain) await read();
      else show({ text: draft, outcome: 'restored' });
    },
    write(text) {
      const isSaved = text === state.text && (state.outcome ?? 'saved') === 'saved';
      draft = isSaved ? undefined : text;
    },
    async save(text) {
      if (state.busy !== undefined) return;
      const departuresBefore = departures;
      draft = text;
      show({ text, busy: 'saving' });
      const outcome = await call<{ text: string }>(
        'note',
        { action: 'save', text },
        { idempotent: true },
      );
      if (departures !== departuresBefore && shownFor === '') {
        show(EMPTY);
        return;
      }
      if (outcome.ok) {
        draft = undefined;
        isUnread = false;
        show({ text: outcome.text, outcome: 'saved' });
      } else show({ text, outcome: outcome.code === 'SIGN_IN_DECLINED' ? 'declined' : 'failed' });
    },
  };
}
