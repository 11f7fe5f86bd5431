/** The person's private note: what a page knows of it, and how it is read and saved. No `wx` in here. */
import { createProofs } from '../session/proofs';
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
  /** What saving `text` would write over, and they have not seen before. */
  saved?: string;
}

export interface Note {
  readonly state: NoteState;
  /** Follows who is signed in: reads their note, and shows nothing of it once they are signed out. */
  follow(session: SessionState): Promise<void>;
  /** What the person has written so far. Shows nothing new: it is on the screen already. */
  write(text: string): void;
  /**
   * Saves what the person wrote, which is what is `kept` while that is hidden. Somebody who is not signed in is asked to, and it is
   * saved then. What could not be read is read first, and shown with what they wrote: saving again is theirs to decide.
   */
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
  /** It could not be read: saving over what was never seen would lose it. */
  let isUnread = false;
  const proofs = createProofs();
  /** Their session ended by nothing that they did on this phone. */
  let wasEnded = false;
  /** How often the person has signed out here: what was under way then is shown to nobody. */
  let departures = 0;

  function show(next: NoteState): void {
    state = next;
    onChange(next);
  }

  /** Not shown before they have signed in again: the phone may have been signed out because it is lost. */
  function hide(): void {
    show(draft === undefined ? EMPTY : { text: '', outcome: 'kept' });
  }

  async function read(): Promise<void> {
    const askedFor = shownFor;
    const written = (): string => (shownFor === '' ? '' : (draft ?? ''));
    proofs.use();
    show({ text: written(), busy: 'reading' });
    const outcome = await call<{ text: string }>('note', { action: 'read' });
    // By now somebody else may be signed in, or nobody.
    if (shownFor !== askedFor) return;
    isUnread = !outcome.ok;
    if (shownFor === '') hide();
    else if (!outcome.ok) {
      show({ text: written(), outcome: 'failed' });
      // It proved good while this was on its way.
      if (proofs.isNew()) await read();
    } else if (draft === undefined) show({ text: outcome.text });
    else {
      const isOther = outcome.text !== '' && outcome.text !== draft;
      show({ text: draft, outcome: 'restored', ...(isOther && { saved: outcome.text }) });
    }
  }

  return {
    get state() {
      return state;
    },
    async follow(session) {
      const next = session.status === 'signedIn' ? session.session.id : '';
      proofs.see(session);
      const readsAgain = isUnread && next !== '' && proofs.isNew() && state.busy === undefined;
      const isEnded = session.status === 'signedOut' && session.ended !== undefined;
      const departs = next === '' && !isEnded && (shownFor !== '' || wasEnded);
      wasEnded = isEnded;
      if (next === shownFor && !readsAgain && !departs) return;
      shownFor = next;
      // Somebody who signs out themselves leaves nothing behind.
      if (departs) {
        departures += 1;
        draft = undefined;
        isUnread = false;
        if (state.busy !== 'saving') show(EMPTY);
        return;
      }
      if (state.busy === 'saving') {
        // What is being saved was written just now, and the person may be signing in to save it.
        if (next !== '') show({ text: draft ?? '', busy: 'saving' });
      } else if (next === '') hide();
      else if (draft === undefined || isUnread) await read();
      else show({ text: draft, outcome: 'restored' });
    },
    write(text) {
      // The field that hides what was written has nothing to say.
      if (state.outcome === 'kept') return;
      const isSaved = text === state.text && (state.outcome ?? 'saved') === 'saved';
      draft = isSaved || (isUnread && text === '') ? undefined : text;
    },
    async save(text) {
      if (state.busy !== undefined) return;
      const isHidden = state.outcome === 'kept';
      // Of somebody who was signed in when they wrote it.
      const isPrivate = isHidden || shownFor !== '';
      const written = isHidden ? (draft ?? '') : text;
      draft = isUnread && written === '' ? undefined : written;
      if (isUnread) return read();
      const departuresBefore = departures;
      show({ text: isHidden ? '' : written, busy: 'saving' });
      const outcome = await call<{ text: string }>(
        'note',
        { action: 'save', text: written },
        { idempotent: true },
      );
      if (departures !== departuresBefore && shownFor === '') show(EMPTY);
      else if (outcome.ok) {
        draft = undefined;
        show({ text: outcome.text, outcome: 'saved' });
      } else if (isPrivate && shownFor === '') hide();
      else {
        const why = outcome.code === 'SIGN_IN_DECLINED' ? 'declined' : 'failed';
        show({ text: written, outcome: why });
      }
    },
  };
}
