/** What was written and not saved when a session ended. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { openNote, type OpenedNote, LOST, signedIn, signedOut } from '../support/opened-note';

let answer: OpenedNote['answer'];
let asked: OpenedNote['asked'];
let note: OpenedNote['note'];
let openedBy: OpenedNote['openedBy'];
let seen: OpenedNote['seen'];

beforeEach(() => {
  ({ answer, asked, note, openedBy, seen } = openNote());
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

test('what somebody saves as they sign out is gone from the screen at once, and is shown to nobody', async () => {
  await openedBy('lin');
  void note.save('private');
  const saving = asked.at(-1);
  void note.follow(signedOut);
  expect(note.state).toEqual({ text: '' });
  void note.follow(signedIn('lin again'));
  await saving?.answer(LOST);
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
