import { describe, expect, test } from '@jest/globals';
import { noteCardView } from '../../../miniprogram/components/note-card/note-card-view';
import { en, zhCN } from '../../../miniprogram/i18n/copy';
import type { NoteState } from '../../../miniprogram/note/note';
import { failOnConsoleError, mount } from '../../support/mount';

failOnConsoleError();

function mountCard(state: NoteState, copy = zhCN) {
  const card = mount('components/note-card/index', { view: noteCardView(state, copy) });
  return { ...card, heard: card.heard('save') };
}

describe('the note card', () => {
  test('shows the note and reports that it is to be saved', async () => {
    const card = mountCard({ text: '买牛奶' });
    expect(card.text('title')).toBe('我的便签');
    expect(card.text('save')).toBe('保存');
    expect(card.text('status')).toBeUndefined();
    await card.tap('save');
    expect(card.heard).toEqual(['save']);
  });

  test('shows what is under way, and reports nothing meanwhile', async () => {
    const card = mountCard({ text: '', busy: 'reading' });
    expect(card.text('status')).toBe('正在读取…');
    await card.tap('save');
    card.setData({ view: noteCardView({ text: 'x', busy: 'saving' }, zhCN) });
    expect(card.text('save')).toBe('正在保存…');
    await card.tap('save');
    expect(card.heard).toEqual([]);
  });

  test.each([
    [{ text: '', outcome: 'kept' }, true],
    [{ text: '', busy: 'saving' }, true],
    [{ text: 'x', outcome: 'restored' }, false],
    [{ text: 'x' }, false],
  ] as const)('locks the field while what was written is hidden: %j', (state, locked) => {
    expect(noteCardView(state, zhCN).locked).toBe(locked);
  });

  test('shows what saving would write over, word for word', () => {
    const card = mountCard({ text: 'x', outcome: 'restored', saved: '{time} $& {text}' }, en);
    expect(card.text('status')).toBe(
      'Not saved yet. Your note reads “{time} $& {text}”; saving again replaces it.',
    );
  });

  test.each([
    ['saved', 'Saved'],
    ['failed', 'That did not work. Please try again.'],
  ] as const)('says that it was %s', (outcome, text) => {
    expect(mountCard({ text: 'x', outcome }, en).text('status')).toBe(text);
  });
});
