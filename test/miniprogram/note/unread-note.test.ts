/**
 * A note that is not what was last seen of it: it could not be read, or another phone has saved.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { openNote, type OpenedNote, LOST, type NoteAnswer, signedIn } from '../support/opened-note';
import { settle } from '../support/session-phone';

let answer: OpenedNote['answer'];
let asked: OpenedNote['asked'];
let note: OpenedNote['note'];
let openedBy: OpenedNote['openedBy'];

beforeEach(() => {
  ({ answer, asked, note, openedBy } = openNote());
});

describe('a note that another phone may have changed', () => {
  const replaced: SessionState = { status: 'signedOut', ended: { code: 'SESSION_REPLACED' } };

  test('since this phone was replaced while it read it is read before anything is saved over it', async () => {
    void note.follow(signedIn('lin'));
    void note.follow(replaced);
    await answer(LOST);
    note.write('x');
    void note.follow(signedIn('lin again'));
    await answer({ ok: true, text: 'of the other phone' });
    expect(note.state).toMatchObject({ text: 'x', saved: 'of the other phone' });
  });

  async function resumed(there: NoteAnswer): Promise<void> {
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
    await settle();
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
    await resumed(LOST);
    expect(note.state).toEqual({ text: 'new', outcome: 'failed' });
    void note.save('new');
    expect(asked.at(-1)?.data).toEqual({ action: 'read' });
  });
});

describe('a note that could not be read', () => {
  beforeEach(async () => {
    void note.follow(signedIn('lin'));
    await answer(LOST);
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
      await answer(LOST);
      expect(note.state).toEqual({ text: 'new', outcome: 'failed' });
    }
    expect(asked.every(({ data }) => data['action'] === 'read')).toBe(true);
  });

  test('is read again once for each proof that the session is good, and what they wrote stays', async () => {
    note.write('new');
    const proof = signedIn('lin');
    void note.follow(proof);
    expect(note.state).toEqual({ text: 'new', busy: 'reading' });
    await answer(LOST);
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
    await reading?.answer(LOST);
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
