/** The person's private note: what a page knows of it, and how it is read and saved. No `wx` in here. */
import type { CallOutcome } from '../session/cloud-call';

export interface NoteState {
  text: string;
  busy?: 'reading' | 'saving';
  outcome?: 'saved' | 'failed';
}

/** `session.call`. */
export type CallWithSession = <T extends object>(
  name: string,
  data: Record<string, unknown>,
) => Promise<CallOutcome<T>>;

export interface Note {
  readonly state: NoteState;
  /** Whose note it is from now on: the id of their session, or `undefined` for nobody. Reads it when that changes. */
  showFor(sessionId: string | undefined, signedInAt?: number): Promise<void>;
  save(text: string): Promise<void>;
}

const EMPTY: NoteState = { text: '' };

export function createNote(call: CallWithSession, onChange: (state: NoteState) => void): Note {
  let state = EMPTY;
  /** Names one sign-in of one person; an answer that belongs to an earlier one is dropped. */
  let shown: string | undefined;

  function show(next: NoteState): void {
    state = next;
    onChange(next);
  }

  async function run(busy: 'reading' | 'saving', text: string, data: Record<string, unknown>) {
    const askedFor = shown;
    show({ text, busy });
    const outcome = await call<{ text: string }>('note', data);
    if (shown !== askedFor) return;
    if (!outcome.ok) show({ text, outcome: 'failed' });
    else
      show(busy === 'saving' ? { text: outcome.text, outcome: 'saved' } : { text: outcome.text });
  }

  return {
    get state() {
      return state;
    },
    async showFor(sessionId, signedInAt = 0) {
      const next = sessionId === undefined ? undefined : `${sessionId}@${signedInAt}`;
      if (next === shown) return;
      shown = next;
      show(EMPTY);
      if (next !== undefined) await run('reading', '', { action: 'read' });
    },
    async save(text) {
      if (shown === undefined || state.busy !== undefined) return;
      await run('saving', text, { action: 'save', text });
    },
  };
}
