/**
 * What people see of one another's texts, such as the name of a device in a list: without what is invisible, turns the writing
 * around, or breaks a line, so that no name imitates another or disturbs what stands beside it (Unicode Technical Report 36, 2.10).
 */

/**
 * Control and format characters (line breaks, zero-width ones, direction marks), halves of surrogate pairs, separators of lines and
 * paragraphs, and letters that look like nothing.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5|\p{Variation_Selector}/gu;

/** The joiners and selectors inside of emoji such as a family or a red heart, which are part of what is seen. */
const EMOJI_SEQUENCE =
  /\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]?(?:\u200D\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]?)*/gu;

export function visibleText(text: string): string {
  let visible = '';
  let end = 0;
  for (const emoji of text.matchAll(EMOJI_SEQUENCE)) {
    visible += text.slice(end, emoji.index).replace(INVISIBLE, '') + emoji[0];
    end = emoji.index + emoji[0].length;
  }
  return visible + text.slice(end).replace(INVISIBLE, '');
}
