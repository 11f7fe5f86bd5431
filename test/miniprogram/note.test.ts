import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createNote,
  type CallWithSession,
  type Note,
  type NoteState,
} from '../../miniprogram/note/note';

type Answer = { ok: true; text: string } | { ok: false; code: 'NETWORK'; retryable: true };
const lost: Answer = { ok: false, code: 'NETWORK', retryable: true };

let asked: { data: Record<string, unknown>; answer: (answer: Answer) => Promise<void> }[];
let seen: NoteState[];
let note: Note;

beforeEach(() => {
  asked = [];
  seen = [];
  const call = ((_name: string, data: Record<string, unknown>) =>
    new Promise((resolve) => {
      asked.push({
        data,
        answer: async (answer) => {
          resolve(answer);
          await new Promise(setImmediate);
        },
      });
    })) as CallWithSession;
  note = createNote(call, (state) => void seen.push(state));
});

async function signedIn(text = 'mine'): Promise<void> {
  void note.showFor('lin', 1);
  await asked.at(-1)?.answer({ ok: true, text });
}

describe('the note', () => {
  test('is read when somebody signs in, once', async () => {
    await signedIn();
    await note.showFor('lin', 1);
    expect(asked.map(({ data }) => data)).toEqual([{ action: 'read' }]);
    expect(note.state).toEqual({ text: 'mine' });
  });

  test('is gone from the screen at once when they sign out', async () => {
    await signedIn();
    void note.showFor(undefined);
    expect(note.state).toEqual({ text: '' });
  });

  test('of the previous person never shows to the next, however late it arrives', async () => {
    void note.showFor('lin', 1);
    const late = asked[0];
    void note.showFor('zhou', 2);
    await late?.answer({ ok: true, text: "Lin's secret" });
    expect(JSON.stringify(seen)).not.toContain('secret');
    await asked[1]?.answer({ ok: true, text: "Zhou's own" });
    expect(note.state).toEqual({ text: "Zhou's own" });
  });

  test('is saved, and says so', async () => {
    await signedIn();
    void note.save('new');
    expect(note.state).toEqual({ text: 'new', busy: 'saving' });
    await asked.at(-1)?.answer({ ok: true, text: 'new' });
    expect(asked.at(-1)?.data).toEqual({ action: 'save', text: 'new' });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('that could not be saved keeps what was written, and can be saved again', async () => {
    await signedIn();
    void note.save('new');
    await asked.at(-1)?.answer(lost);
    expect(note.state).toEqual({ text: 'new', outcome: 'failed' });
    void note.save('new');
    await asked.at(-1)?.answer({ ok: true, text: 'new' });
    expect(note.state).toEqual({ text: 'new', outcome: 'saved' });
  });

  test('is not saved twice at once, and not for nobody', async () => {
    await note.save('for nobody');
    expect(asked).toHaveLength(0);
    await signedIn();
    void note.save('a');
    void note.save('b');
    expect(asked.map(({ data }) => data['text'])).toEqual([undefined, 'a']);
  });
});
