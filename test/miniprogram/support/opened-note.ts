/** A note on a page, over a cloud whose answers a test gives. */
import { createNote, type Note, type NoteState } from '../../../miniprogram/note/note';
import type { SessionClient } from '../../../miniprogram/session/session-client';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { AT } from '../../support/sessions';
import { sessionOf, settle } from './session-phone';

export type NoteAnswer =
  | { ok: true; text: string }
  | { ok: false; code: 'NETWORK'; retryable: true }
  | { ok: false; code: 'SIGN_IN_DECLINED' };

export const LOST: NoteAnswer = { ok: false, code: 'NETWORK', retryable: true };

interface AskedOfCloud {
  data: Record<string, unknown>;
  idempotent: boolean;
  beforeResume: () => Promise<void>;
  fail: (error: Error) => void;
  answer: (answer: NoteAnswer) => Promise<void>;
}

export interface OpenedNote {
  note: Note;
  /** What the cloud was asked. */
  asked: AskedOfCloud[];
  /** What was on the screen so far. */
  seen: NoteState[];
  /** Answers the last call. */
  answer: (answer: NoteAnswer) => Promise<void>;
  /** Somebody has signed in, and their note was read. */
  openedBy: (id: string, text?: string) => Promise<void>;
}

export const signedOut: SessionState = { status: 'signedOut' };
export const signedIn = (id: string, createdAt = AT): SessionState => ({
  status: 'signedIn',
  session: sessionOf(id, { createdAt }),
});

export function openNote(): OpenedNote {
  const asked: AskedOfCloud[] = [];
  const seen: NoteState[] = [];
  const call = (
    _name: string,
    data: Record<string, unknown>,
    options?: { idempotent?: boolean; beforeResume?: () => Promise<void> },
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      asked.push({
        data,
        idempotent: options?.idempotent === true,
        beforeResume: options?.beforeResume ?? (() => Promise.resolve()),
        fail: reject,
        answer: (answer) => {
          resolve(answer);
          return settle();
        },
      });
    });
  const note = createNote(call as SessionClient['call'], (state) => void seen.push(state));
  const answer = async (reply: NoteAnswer): Promise<void> => asked.at(-1)?.answer(reply);
  return {
    note,
    asked,
    seen,
    answer,
    async openedBy(id, text = 'mine') {
      void note.follow(signedIn(id));
      await answer({ ok: true, text });
    },
  };
}
