import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { visibleText } from '../../../../cloudfunctions/shared/session/visible-text';

describe('what is seen stays', () => {
  test.each([
    'iPhone 15 Pro',
    '小米 14 Ultra',
    'Ünïcödé',
    'نور',
    '👍',
    '👍🏽',
    '❤️',
    '👨‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🧑🏻‍💻 Lin',
    '👁️‍🗨️',
    '⛹🏽‍♂️',
    // Without the selector that it should have.
    '👨‍⚕',
    '©',
    '©️',
    '🇨🇳',
    '𠮷野家',
    '',
  ])('%s', (text) => {
    expect(visibleText(text)).toBe(text);
  });
});

describe('what is not seen goes', () => {
  test.each([
    ['a line break', 'a\nb\r\u2028\u2029\u0085'],
    ['a control character', 'a\u0000\u001b\u007fb'],
    ['a direction mark', 'a\u202eb\u202c\u200f\u200e\u2066\u2069\u061c'],
    ['something of no width', 'a\u200bb\u200c\u200d\u2060\ufeff\u00ad'],
    ['a letter that looks like nothing', 'a\u3164\uffa0\u115f\u1160\u2800b\u034f'],
    ['a half of a pair', 'a\ud83db\udc4d'],
    ['a selector of a variant', 'a\ufe0fb\u{e0101}'],
    ['a tag', 'a\u{e0061}b\u{e007f}'],
    ['what nothing is assigned to yet', 'a\u2065\u{fff0}b\u{e0080}\u{e0fff}'],
    ['what is no character', 'a\uffff\ufdd0b\u{1fffe}'],
    ['a filler of Khitan, a musical null', 'a\u{16fe4}b\u{1d159}'],
  ])('%s', (_, text) => {
    expect(visibleText(text)).toBe('ab');
  });

  test('a joiner that joins nothing, beside emoji', () => {
    expect(visibleText('\u200d👍\u200d')).toBe('👍');
    expect(visibleText('👍\u200da')).toBe('👍a');
    expect(visibleText('©\u200d®')).toBe('©®');
    expect(visibleText('©\ufe0f\u200d®')).toBe('©\ufe0f®');
    expect(visibleText('↔\u200d↔')).toBe('↔↔');
    expect(visibleText('📱\ufe0f')).toBe('📱');
  });
});

test('whatever it is given, what comes out is well-formed, and comes out the same again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const visible = visibleText(text);
      expect(visible).not.toMatch(/\p{Cs}/u);
      expect(visible.length).toBeLessThanOrEqual(text.length);
      expect(visibleText(visible)).toBe(visible);
    }),
    { seed: 1 },
  );
});
