/** The note of whoever is signed in: read, written, saved. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { AT } from '../../support/sessions';
import { openNote, type OpenedNote, LOST, signedIn, signedOut } from '../support/opened-note';

let answer: OpenedNote['answer'];
let asked: OpenedNote['asked'];
let note: OpenedNote['note'];
let openedBy: OpenedNote['openedBy'];
let seen: OpenedNote['seen'];

beforeEach(() => {
  ({ answer, asked, note, openedBy, seen } = openNote());
});

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
    await answer(LOST);
    await saving;
    expect(note.state).toEqual({ text: '' });
  });

  test('that could not be read is read again once the session proves good, before it is written over', async () => {
    void note.follow(signedIn('lin'));
    await answer(LOST);
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
    await answer(LOST);
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
    await answer(LOST);
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
