import { beforeEach, describe, expect, test } from '@jest/globals';
import { noteAction, type NoteStore } from '../../cloudfunctions/note/note-action';
import { activeSession, AT, LIN, ZHOU } from '../support/sessions';
import { describeSession } from '../../cloudfunctions/shared/session/session';

let saved: Map<string, string>;
let notes: NoteStore;

beforeEach(() => {
  saved = new Map();
  notes = {
    read: ({ openid }) => Promise.resolve(saved.get(openid) ?? ''),
    save: ({ openid }, text) => Promise.resolve(void saved.set(openid, text)),
  };
});

const act = (data: Record<string, unknown>, caller = LIN) =>
  noteAction(
    { data, caller, now: new Date(AT), session: describeSession(activeSession(), true) },
    notes,
  );

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
    expect(saved.get(LIN.openid)).toBe('before');
  });
});
