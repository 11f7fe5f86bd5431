import { beforeEach, describe, expect, test } from '@jest/globals';
import { noteAction, type NoteStore } from '../../../cloudfunctions/note/note-action';
import { LIN, LIN_ACCOUNT, ZHOU } from '../../support/people';
import { protectedCall } from '../../support/sessions';

let saved: Map<string, string>;
let notes: NoteStore;

beforeEach(() => {
  saved = new Map();
  notes = {
    read: (account) => Promise.resolve(saved.get(account) ?? ''),
    save: ({ account }, text) => {
      saved.set(account, text);
      return Promise.resolve({ ok: true });
    },
  };
});

const act = (data: Record<string, unknown>, caller = LIN) =>
  noteAction(protectedCall(data, caller), notes);

describe('the note function', () => {
  test('reads what was saved, for each person their own', async () => {
    expect(await act({ action: 'save', text: 'mine' })).toEqual({ ok: true, text: 'mine' });
    expect(await act({ action: 'read' })).toEqual({ ok: true, text: 'mine' });
    expect(await act({ action: 'read' }, ZHOU)).toEqual({ ok: true, text: '' });
  });

  test('takes up to 2000 characters, and none', async () => {
    expect(await act({ action: 'save', text: 'x'.repeat(2000) })).toMatchObject({ ok: true });
    expect(await act({ action: 'save', text: '' })).toMatchObject({ ok: true });
  });

  test('answers what is kept: the half of a character is none', async () => {
    expect(await act({ action: 'save', text: 'a\ud83d' })).toEqual({ ok: true, text: 'a\ufffd' });
    expect(saved.get(LIN_ACCOUNT)).toBe('a\ufffd');
  });

  test.each([
    [{ action: 'save', text: 'x'.repeat(2001) }, 'text'],
    [{ action: 'save', text: { $ne: null } }, 'text'],
    [{ action: 'save' }, 'text'],
    [{ action: 'delete' }, 'action'],
    [{}, 'action'],
    [{ action: { $ne: null } }, 'action'],
  ])('refuses %j and names %s, and keeps what was there', async (data, field) => {
    await act({ action: 'save', text: 'before' });
    expect(await act(data)).toMatchObject({ ok: false, code: 'INVALID_INPUT', detail: { field } });
    expect(saved.get(LIN_ACCOUNT)).toBe('before');
  });
});
