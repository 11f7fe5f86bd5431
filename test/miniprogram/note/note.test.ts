import { beforeEach, describe, expect, test } from '@jest/globals';
import { createNote, type Note, type NoteState } from '../../../miniprogram/note/note';
import type { SessionClient } from '../../../miniprogram/session/session-client';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { PHONE } from '../../support/people';
import { AT } from '../../support/sessions';

type Answer =
  | { ok: true; text: string }
  | { ok: false; code: 'NETWORK'; retryable: true }
  | { ok: false; code: 'SIGN_IN_DECLINED' };

const lost: Answer = { ok: false, code: 'NETWORK', retryable: true };

let asked: {
  data: Record<string, unknown>;
  idempotent: boolean;
  beforeResume: () => Promise<void>;
  fail: (error: Error) => void;
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
    options?: { idempotent?: boolean; beforeResume?: () => Promise<void> },
  ) =>
    new Promise((resolve, reject) => {
      asked.push({
        data,
        idempotent: options?.idempotent === true,
        beforeResume: options?.beforeResume ?? (() => Promise.resolve()),
        fail: reject,
        answer: async (answer) => {
          resolve(answer);
          await settled();
        },
      });
    })) as SessionClient['call'];
  note = createNote(call, (state) => void seen.push(state));
});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
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
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'half of it', outcome: 'restored' });
  });

  test('that another phone has changed meanwhile is shown beside what is back', async () => {
    await openedBy('lin');
    note.write('half of it');
    void note.follow({ status: 'signedOut', ended: { code: 'SESSION_REPLACED' } });
    void note.follow(signedIn('lin again'));
    expect(note.state).toEqual({ text: 'half of it', busy: 'reading' });
    await answer({ ok: true, text: 'of the other phone' });
    const saved = 'of the other phone';
    expect(note.state).toEqual({ text: 'half of it', outcome: 'restored', saved });
    void note.save('half of it');
    expect(asked.at(-1)?.data).toEqual({ action: 'save', text: 'half of it' });
  });

  test('that was written before anybody signed in is kept beside what there is, and replaces nothing by itself', async () => {
    note.write('x');
    void note.follow(signedIn('lin'));
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'x', outcome: 'restored', saved: 'mine' });
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

  test('written by somebody who signs in to save it is saved, where there was none', async () => {
    void note.save('written before');
    await note.follow(signedIn('lin'));
    expect(note.state).toEqual({ text: 'written before', busy: 'saving' });
    await answer({ ok: true, text: '' });
    expect(note.state).toEqual({ text: 'written before', busy: 'saving' });
    await answer({ ok: true, text: 'written before' });
    expect(note.state).toEqual({ text: 'written before', outcome: 'saved' });
    expect(asked.map(({ data }) => data['action'])).toEqual(['read', 'save']);
  });

  test('written by somebody who signs in to save it replaces none that they have not seen', async () => {
    void note.save('written before');
    await note.follow(signedIn('lin'));
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'written before', outcome: 'restored', saved: 'mine' });
    expect(asked).toHaveLength(1);
    void note.save('written before');
    await answer({ ok: true, text: 'written before' });
    expect(note.state).toEqual({ text: 'written before', outcome: 'saved' });
  });

  test('is not lost when the session ends while it is saved', async () => {
    await openedBy('lin');
    void note.save('new');
    await note.follow({ status: 'signedOut', ended: { code: 'SESSION_EXPIRED' } });
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

describe('a note that is hidden until they have signed in again', () => {
  const ended: SessionState = { status: 'signedOut', ended: { code: 'SESSION_REVOKED' } };

  beforeEach(async () => {
    await openedBy('lin');
    note.write('half of it');
    void note.follow(ended);
  });

  test('is what is saved, and not the empty field that hides it', async () => {
    void note.save('');
    expect(note.state).toEqual({ text: '', busy: 'saving' });
    void note.follow(signedIn('lin again'));
    expect(note.state).toEqual({ text: 'half of it', busy: 'saving' });
    await answer({ ok: true, text: 'mine' });
    expect(asked.at(-1)?.data).toEqual({ action: 'save', text: 'half of it' });
    await answer({ ok: true, text: 'half of it' });
    expect(note.state).toEqual({ text: 'half of it', outcome: 'saved' });
  });

  test('stays hidden, and kept, when they do not want to sign in', async () => {
    void note.save('');
    await answer({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(note.state).toEqual({ text: '', outcome: 'kept' });
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'half of it', outcome: 'restored' });
  });

  test('is not lost by what is written in the field that hides it', async () => {
    note.write('x');
    note.write('');
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'half of it', outcome: 'restored' });
  });

  test('is gone when they sign out after all', async () => {
    void note.save('');
    void note.follow(signedOut);
    await answer({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(note.state).toEqual({ text: '' });
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'mine' });
    expect(JSON.stringify(seen)).not.toContain('half');
  });
});

describe('a note that another phone may have changed', () => {
  const replaced: SessionState = { status: 'signedOut', ended: { code: 'SESSION_REPLACED' } };

  test('since this phone was replaced while it read it is read before anything is saved over it', async () => {
    void note.follow(signedIn('lin'));
    void note.follow(replaced);
    await answer(lost);
    note.write('x');
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'of the other phone' });
    expect(note.state).toMatchObject({ text: 'x', saved: 'of the other phone' });
  });

  async function resumed(there: Answer): Promise<void> {
    await openedBy('lin');
    void note.save('new');
    const saving = asked.at(-1);
    void note.follow(replaced);
    void note.follow(signedIn('lin again'));
    const reading = saving?.beforeResume().then(
      () => saving.answer({ ok: true, text: 'new' }),
      (error: unknown) => saving.fail(error as Error),
    );
    await answer(there);
    await reading;
    await settled();
  }

  test('while a save met the end of the session is not written over when the save is made again', async () => {
    await resumed({ ok: true, text: 'of the other phone' });
    const saved = 'of the other phone';
    expect(note.state).toEqual({ text: 'new', outcome: 'restored', saved });
  });

  test('and has not is saved over when the save is made again', async () => {
    await resumed({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('and cannot be read by then is not saved over, now or at the next tap', async () => {
    await resumed(lost);
    expect(note.state).toEqual({ text: 'new', outcome: 'failed' });
    void note.save('new');
    expect(asked.at(-1)?.data).toEqual({ action: 'read' });
  });
});

test('what somebody saves as they sign out is gone from the screen at once, and is shown to nobody', async () => {
  await openedBy('lin');
  void note.save('private');
  const saving = asked.at(-1);
  void note.follow(signedOut);
  expect(note.state).toEqual({ text: '' });
  void note.follow(signedIn('lin again'));
  await saving?.answer(lost);
  await answer({ ok: true, text: 'mine' });
  expect(note.state).toEqual({ text: 'mine' });
});

test('a note whose session ends while it is saved is hidden when they do not sign in again', async () => {
  await openedBy('lin');
  void note.save('half of it');
  void note.follow({ status: 'signedOut', ended: { code: 'SESSION_REVOKED' } });
  await answer({ ok: false, code: 'SIGN_IN_DECLINED' });
  expect(note.state).toEqual({ text: '', outcome: 'kept' });
});

describe('a note that could not be read', () => {
  beforeEach(async () => {
    void note.follow(signedIn('lin'));
    await answer(lost);
  });

  test('is read before anything is written over it, and shown beside what they wrote', async () => {
    note.write('new');
    void note.save('new');
    expect(asked.at(-1)?.data).toEqual({ action: 'read' });
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'new', outcome: 'restored', saved: 'mine' });
    void note.save('new');
    expect(asked.at(-1)?.data).toEqual({ action: 'save', text: 'new' });
    await answer({ ok: true, text: 'new' });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('is shown, and not emptied, when they save the empty field', async () => {
    note.write('x');
    note.write('');
    void note.save('');
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'mine' });
    expect(asked.map(({ data }) => data['action'])).toEqual(['read', 'read']);
  });

  test('is not written over when it cannot be read again: what they wrote stays on the screen', async () => {
    note.write('new');
    for (let taps = 0; taps < 3; taps += 1) {
      void note.save('new');
      expect(note.state).toEqual({ text: 'new', busy: 'saving' });
      await answer(lost);
      expect(note.state).toEqual({ text: 'new', outcome: 'failed' });
    }
    expect(asked.every(({ data }) => data['action'] === 'read')).toBe(true);
  });

  test('is read again once for each proof that the session is good, and what they wrote stays', async () => {
    note.write('new');
    const proof = signedIn('lin');
    void note.follow(proof);
    expect(note.state).toEqual({ text: 'new', busy: 'reading' });
    await answer(lost);
    void note.follow(proof);
    expect(asked).toHaveLength(2);
    void note.follow(signedIn('lin'));
    await answer({ ok: true, text: '' });
    expect(note.state).toEqual({ text: 'new', outcome: 'restored' });
    expect(asked).toHaveLength(3);
  });

  test('is read again when the session proved good while it was on its way', async () => {
    void note.save('');
    const reading = asked.at(-1);
    void note.follow(signedIn('lin'));
    expect(asked).toHaveLength(2);
    await reading?.answer(lost);
    expect(asked).toHaveLength(3);
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'mine' });
  });

  test('is read first also when their session ended meanwhile, and they sign in to save', async () => {
    note.write('new');
    void note.follow({ status: 'signedOut', ended: { code: 'SESSION_EXPIRED' } });
    expect(note.state).toEqual({ text: '', outcome: 'kept' });
    void note.save('');
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'mine' });
    expect(note.state).toEqual({ text: 'new', outcome: 'restored', saved: 'mine' });
    expect(asked.every(({ data }) => data['action'] === 'read')).toBe(true);
  });

  test('stays hidden when their session ended meanwhile, and they do not sign in', async () => {
    note.write('new');
    void note.follow({ status: 'signedOut', ended: { code: 'SESSION_EXPIRED' } });
    void note.save('');
    await answer({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(note.state).toEqual({ text: '', outcome: 'kept' });
  });
});
