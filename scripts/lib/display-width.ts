/** How wide a text is on a terminal, and where its lines may end: Chinese has two columns a character. */
import { stripVTControlCharacters } from 'node:util';

/** East Asian Wide and Fullwidth, https://www.unicode.org/reports/tr11/, as far as people write it. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{20000}-\u{3fffd}]/u;
const TAKES_NO_ROOM = /\p{Mark}/u;

/** What may not begin a line, and what may not end one. */
const CLOSING = '，。、；：！？）」』】》”’';
const OPENING = '（「『【《“‘';

/** Columns. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of stripVTControlCharacters(text)) {
    if (!TAKES_NO_ROOM.test(char)) width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}

/** Pads at the end, to so many columns. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Breaks lines at spaces, and between Chinese characters. Line breaks that are there stay. */
export function wrapToWidth(text: string, width: number): string {
  return text.split(/\r?\n/).flatMap((line) => wrapLine(line, width)).join('\n'); // prettier-ignore
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const part of partsOf(line)) {
    if (current !== '' && displayWidth(current + part.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = part.trimStart();
    } else {
      current += part;
    }
  }
  return [...lines, current.trimEnd()];
}

/** What stays together: a word with the spaces around it, a Chinese character with its punctuation. */
function partsOf(line: string): string[] {
  const parts: string[] = [];
  let before = '';
  for (const char of line) {
    if (before === '' || mayBreakBetween(before, char)) parts.push(char);
    else parts.push(`${parts.pop() ?? ''}${char}`);
    before = char;
  }
  return parts;
}

function mayBreakBetween(before: string, char: string): boolean {
  if (CLOSING.includes(char) || OPENING.includes(before) || /\s/.test(char)) return false;
  return /\s/.test(before) || WIDE.test(before) || WIDE.test(char) || OPENING.includes(char);
}
