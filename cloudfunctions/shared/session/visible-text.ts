/**
 * What people see of one another's texts, such as the name of a device in a list: without what is invisible, turns the writing
 * around, or breaks a line, so that no name imitates another or disturbs what stands beside it (Unicode Technical Report 36, 2.10).
 */

/**
 * Control and format characters (line breaks, zero-width ones, direction marks), halves of surrogate pairs, separators of lines and
 * paragraphs, whatever is drawn as nothing where a font does not know it, assigned or not, and three that look like nothing though
 * they are not among those: an empty pattern of braille, a filler of Khitan, and a musical null.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u{1D159}]|\u{16FE4}/gu;

/**
 * The joiners and selectors inside of emoji such as a family or a red heart, which are part of what is seen. What is a sign of text by
 * itself, such as ↔, begins an emoji only with its selector (Unicode Technical Standard 51, 1.4); those of the first blocks, such as ©,
 * are joined to none.
 */
const EMOJI_SEQUENCE =
  /(?:\p{Emoji_Presentation}\p{Emoji_Modifier}?|\p{Extended_Pictographic}(?=\uFE0F|\p{Emoji_Modifier})[\p{Emoji_Modifier}\uFE0F])(?:\u200D(?![\0-\u218F])\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]?)*/gu;

export function visibleText(text: string): string {
  let visible = '';
  let end = 0;
  for (const emoji of text.matchAll(EMOJI_SEQUENCE)) {
    visible += text.slice(end, emoji.index).replace(INVISIBLE, '') + emoji[0];
    end = emoji.index + emoji[0].length;
  }
  return visible + text.slice(end).replace(INVISIBLE, '');
}
