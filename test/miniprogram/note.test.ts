import { beforeEach, describe, expect, test } from '@jest/globals';
import { createNote, type Note, type NoteState } from '../../miniprogram/note/note';
import type { SessionClient } from '../../miniprogram/session/session-client';
import type { SessionState } from '../../miniprogram/session/session-state';
import { AT, PHONE } from '../support/sessions';

type Answer =
  | { ok: true; text: string }
  | { ok: false; code: 'NETWORK'; retryable: true }
  | { ok: false; code: 'SIGN_IN_DECLINED' };

const lost: Answer = { ok: false, code: 'NETWORK', retryable: true };

let asked: {
  data: Record<string, unknown>;
  idempotent: boolean;
  answer: (answer: Answer) => Promise<void>;
}[];
let seen: NoteState[];
let note: Note;

const signedOut: SessionState = { status: 'signedOut' };
const signedIn = (id: string, createdAt = AT): SessionState => {
  const times = {
    createdAt,
    renewedAt: createdAt,
    expiresAt: createdAt,
    absoluteExpiresAt: createdAt,
  };
  return { status: 'signedIn', session: { id, device: PHONE, ...times, current: true } };
};

beforeEach(() => {
  asked = [];
  seen = [];
  const call = ((
    _name: string,
    data: Record<string, unknown>,
    options?: { idempotent?: boolean },
  ) =>
    new Promise((resolve) => {
      asked.push({
        data,
        idempotent: options?.idempotent === true,
        answer: async (answer) => {
          resolve(answer);
          await new Promise(setImmediate);
        },
      });
    })) as SessionClient['call'];
  note = createNote(call, (state) => void seen.push(state));
});

const answer = async (reply: Answer): Promise<void> => asked.at(-1)?.answer(reply);

async function openedBy(id: string, text = 'mine'): Promise<void> {
  void note.follow(signedIn(id));
  await answer({ ok: true, text });
}

describe('the note', () => {
  test('is read when somebody signs in, once', async () => {
    await openedBy('lin');
    await note.follow(signedIn('lin'));
    expect(asked.map(({ data }) => data)).toEqual([{ action: 'read' }]);
    expect(note.state).toEqual({ text: 'mine' });
  });

  test('is gone from the screen at once when they sign out', async () => {
    await openedBy('lin');
    void note.follow(signedOut);
    expect(note.state).toEqual({ text: '' });
  });

  test('that is not saved is hidden when the session ended elsewhere, and back when they have signed in again', async () => {
    await openedBy('lin');
    note.write('half of it');
    void note.follow({ status: 'signedOut', ended: { code: 'SESSION_REVOKED' } });
    expect(note.state).toEqual({ text: '', outcome: 'kept' });
    void note.follow(signedIn('lin again'));
    expect(note.state).toEqual({ text: 'half of it', outcome: 'restored' });
    expect(asked).toHaveLength(1);
  });

  test('that is not saved is gone when they sign out themselves', async () => {
    await openedBy('lin');
    note.write('half of it');
    void note.follow(signedOut);
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'mine' });
    expect(JSON.stringify(seen)).not.toContain('half');
  });

  test('of somebody who signs out while it is saved does not stay on the screen', async () => {
    await openedBy('lin');
    const saving = note.save('changed');
    void note.follow(signedOut);
    await answer(lost);
    await saving;
    expect(note.state).toEqual({ text: '' });
  });

  test('that could not be read is read again once the session proves good, before it is written over', async () => {
    void note.follow(signedIn('lin'));
    await answer(lost);
    expect(note.state).toEqual({ text: '', outcome: 'failed' });
    void note.follow({ ...signedIn('lin'), problem: 'NETWORK' });
    expect(asked).toHaveLength(1);
    void note.follow(signedIn('lin'));
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'mine' });
  });

  test('of the previous person never shows to the next, however late it arrives', async () => {
    void note.follow(signedIn('lin'));
    const late = asked[0];
    void note.follow(signedIn('zhou'));
    await late?.answer({ ok: true, text: "Lin's secret" });
    expect(JSON.stringify(seen)).not.toContain('secret');
    await answer({ ok: true, text: "Zhou's own" });
    expect(note.state).toEqual({ text: "Zhou's own" });
  });

  test('that cannot be read says so', async () => {
    void note.follow(signedIn('lin'));
    await answer(lost);
    expect(note.state).toEqual({ text: '', outcome: 'failed' });
  });

  test('is saved, may be sent twice, and says so', async () => {
    await openedBy('lin');
    void note.save('new');
    expect(note.state).toEqual({ text: 'new', busy: 'saving' });
    await answer({ ok: true, text: 'new' });
    expect(asked.at(-1)).toMatchObject({ data: { action: 'save', text: 'new' }, idempotent: true });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('that could not be saved keeps what was written, and can be saved again', async () => {
    await openedBy('lin');
    void note.save('new');
    await answer(lost);
    expect(note.state).toEqual({ text: 'new', outcome: 'failed' });
    void note.save('new');
    await answer({ ok: true, text: 'new' });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('written by somebody who signs in to save it is saved, and not read over', async () => {
    void note.save('written before');
    await note.follow(signedIn('lin'));
    expect(note.state).toEqual({ text: 'written before', busy: 'saving' });
    await answer({ ok: true, text: 'written before' });
    expect(note.state).toEqual({ text: 'written before', outcome: 'saved' });
    expect(asked).toHaveLength(1);
  });

  test('is not lost when the session ends while it is saved', async () => {
    await openedBy('lin');
    void note.save('new');
    await note.follow(signedOut);
    expect(note.state).toEqual({ text: 'new', busy: 'saving' });
    await note.follow(signedIn('lin', AT + 1));
    await answer({ ok: true, text: 'new' });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('stays as it was written when the person does not want to sign in', async () => {
    void note.save('draft');
    await answer({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(note.state).toEqual({ text: 'draft', outcome: 'declined' });
  });

  test('is not saved twice at once', async () => {
    await openedBy('lin');
    void note.save('a');
    void note.save('b');
    expect(asked.map(({ data }) => data['text'])).toEqual([undefined, 'a']);
  });
});
