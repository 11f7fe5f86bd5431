/**
 * What is shown of a string that somebody else wrote, such as the name of a device in a list: without
 * characters that are invisible, reverse the direction of writing or break a line, so that no name
 * imitates another or disturbs what stands beside it (Unicode Technical Report 36, 2.10).
 */

/**
 * Control and format characters (line breaks, zero-width ones, direction marks), halves of
 * surrogate pairs, separators of lines and paragraphs, whatever fonts draw as nothing by default,
 * assigned or not, and three that look like nothing without being among those: the blank braille
 * pattern, a Khitan filler and a musical null.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u{1D159}]|\u{16FE4}/gu;

/**
 * The joiners and selectors inside emoji such as a family or a red heart are part of what is seen.
 * A character that is text by default, such as ↔, starts an emoji only with its selector (Unicode
 * Technical Standard 51, 1.4); those of the first blocks, such as ©, are never joined.
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
