/**
 * The person's private note: what a page knows of it, and how it is read and saved. No `wx` in
 * here.
 */
import type { Contract } from '#functions/contract';
import { createProofs } from '../session/proofs';
import type { SessionClient } from '../session/session-client';
import { sessionIdOf, type SessionState } from '../session/session-state';

declare module '../session/functions' {
  interface Functions {
    note: Contract['note'];
  }
}

export interface NoteState {
  text: string;
  busy?: 'reading' | 'saving';
  /**
   * `declined`: not saved, because the person did not want to sign in. `kept`: not saved yet when
   * their session ended by nothing that they did on this phone, and hidden; `restored`: they have
   * signed in again, and it is back.
   */
  outcome?: 'saved' | 'failed' | 'declined' | 'kept' | 'restored';
  /** What saving `text` would write over, and they have not seen before. */
  saved?: string;
}

export interface Note {
  readonly state: NoteState;
  /**
   * Follows who is signed in: reads their note, and shows nothing of it once they are signed out.
   */
  follow(current: SessionState): Promise<void>;
  /** What the person has written so far. Shows nothing new: it is on the screen already. */
  write(text: string): void;
  /**
   * Saves what the person wrote, which is what is `kept` while that is hidden. Somebody who is not
   * signed in is asked to, and it is saved then. What could not be read is read first, and shown
   * with what they wrote: saving again is theirs to decide.
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
  /**
   * Written and not saved. In memory only, and of whoever holds this phone: another WeChat starts
   * another mini program.
   */
  let draft: string | undefined;
  /** The note as they last saw it; another phone may have changed it since. */
  let seen = '';
  /** Whether it was read since they signed in. Saving over what was never seen would lose it. */
  let isRead = false;
  /** Numbers the reads: the result of an earlier one is out of date. */
  let reads = 0;
  /**
   * The session that the read under way is for, `''` while it asks to sign in; `undefined`: none is
   * under way.
   */
  let readFor: string | undefined;
  /** What they wrote is saved once the note has been read. */
  let wantsSave = false;
  const proofs = createProofs();
  /** Their session was ended from elsewhere, or expired. */
  let wasEnded = false;
  /** Counts sign-outs on this phone: the result of what was under way is shown to nobody. */
  let departures = 0;

  function show(next: NoteState): void {
    state = next;
    onChange(next);
  }

  /**
   * Not shown before they have signed in again: the phone may have been signed out because it is
   * lost.
   */
  function hide(): void {
    show(draft === undefined ? EMPTY : { text: '', outcome: 'kept' });
  }

  /** @param isPrivate written by somebody who was signed in */
  function showFailure(code: string, isPrivate: boolean): void {
    if (isPrivate && shownFor === '') hide();
    else show({ text: draft ?? '', outcome: code === 'SIGN_IN_DECLINED' ? 'declined' : 'failed' });
  }

  /** Whether that is something which saving what they wrote would lose. */
  const isUnseen = (text: string): boolean => text !== '' && text !== draft && text !== seen;

  function showBoth(text: string): void {
    const saved = isUnseen(text) ? { saved: text } : {};
    seen = text;
    show({ text: draft ?? '', outcome: 'restored', ...saved });
  }

  function forget(): void {
    departures += 1;
    reads += 1;
    draft = readFor = undefined;
    seen = '';
    isRead = wantsSave = false;
  }

  async function read(): Promise<void> {
    const number = (reads += 1);
    const isPrivate = shownFor !== '' || state.outcome === 'kept';
    readFor = shownFor;
    proofs.use();
    const text = isPrivate && shownFor === '' ? '' : (draft ?? '');
    show({ text, busy: wantsSave ? 'saving' : 'reading' });
    const outcome = await call('note', { action: 'read' });
    if (number !== reads) return;
    readFor = undefined;
    isRead = outcome.ok;
    const saves = wantsSave && draft !== undefined && outcome.ok && !isUnseen(outcome.text);
    wantsSave = false;
    if (!outcome.ok) {
      showFailure(outcome.code, isPrivate);
      // The session proved good meanwhile.
      if (shownFor !== '' && proofs.isNew()) await read();
    } else if (saves) await write(isPrivate);
    else if (draft === undefined) {
      seen = outcome.text;
      show({ text: seen });
    } else showBoth(outcome.text);
  }

  /** Saves what they wrote, over what they have seen. */
  async function write(isPrivate: boolean): Promise<void> {
    const departuresBefore = departures;
    const written = draft ?? '';
    show({ text: state.outcome === 'kept' ? '' : written, busy: 'saving' });
    const other: string[] = [];
    const beforeResume = async (): Promise<void> => {
      // While this phone was signed out, another may have saved.
      const there = await call('note', { action: 'read' });
      if (there.ok && isUnseen(there.text)) other.push(there.text);
      if (!there.ok || other.length > 0) throw new Error('not to be written over');
    };
    const data = { action: 'save' as const, text: written };
    const outcome = await call('note', data, {
      idempotent: true,
      beforeResume,
    }).catch((): { ok: false; code: string } => ({ ok: false, code: 'UNREAD' }));
    if (departures !== departuresBefore) return;
    isRead = outcome.ok || other.length > 0 || (isRead && shownFor !== '');
    if (outcome.ok) {
      draft = undefined;
      seen = outcome.text;
      show({ text: seen, outcome: 'saved' });
    } else if (other[0] !== undefined) showBoth(other[0]);
    else showFailure(outcome.code, isPrivate);
  }

  return {
    get state() {
      return state;
    },
    async follow(current) {
      const next = sessionIdOf(current);
      proofs.see(current);
      const isEnded = current.status === 'signedOut' && current.ended !== undefined;
      const departs = next === '' && !isEnded && (shownFor !== '' || wasEnded);
      wasEnded = isEnded;
      const isNext = next !== shownFor;
      shownFor = next;
      // Somebody who signs out themselves leaves nothing behind.
      if (departs) {
        forget();
        show(EMPTY);
      } else if (isNext) await changed();
      else if (!isRead && next !== '' && proofs.isNew() && state.busy === undefined) await read();
    },
    write(text) {
      // While the text is hidden, the field is empty: that is not what they wrote.
      if (state.outcome === 'kept') return;
      const isSaved = text === state.text && (state.outcome ?? 'saved') === 'saved';
      draft = isSaved || (!isRead && text === '') ? undefined : text;
    },
    async save(text) {
      if (state.busy !== undefined) return;
      if (state.outcome !== 'kept') draft = !isRead && text === '' ? undefined : text;
      if (isRead) return write(shownFor !== '');
      wantsSave = draft !== undefined;
      return read();
    },
  };

  /** Somebody has signed in, or their session was ended from elsewhere or expired. */
  async function changed(): Promise<void> {
    if (shownFor === '') {
      isRead = false;
      if (state.busy === undefined) hide();
    } else if (readFor === '') {
      // Asked for by the person who has now signed in for it.
      readFor = shownFor;
      show({ ...state, text: draft ?? '' });
    } else if (state.busy === 'saving' && readFor === undefined) {
      show({ text: draft ?? '', busy: 'saving' });
    } else {
      isRead = false;
      await read();
    }
  }
}
