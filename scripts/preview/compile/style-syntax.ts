/** CSS as WeChat reads it: what cannot be understood is left out, and the rest applies. */
import postcss, { type Input, type Node, type Root } from 'postcss';
import { isRecord } from '../../lib/is-record';
import type { Problem } from '../../miniprogram-files/compile-error';

const IMPORT_WITHOUT_END = /(@import\s+(?:"[^"\n]*"|'[^'\n]*'))(?=\s*(?:\n|$))/g;
/** Not a comment in CSS: it would take the next declaration with it. */
const LINE_COMMENT = /(?<=^|[;{}])([ \t]*)(\/\/.*)$/gm;
/** Each try leaves out one thing. */
const MAX_TRIES = 200;

/** postcss makes a path of this machine of the name that it is given. */
const names = new WeakMap<Input, string>();

export function parseStyle(file: string, source: string, warnings: Problem[]): Root {
  let text = source
    .replace(IMPORT_WITHOUT_END, '$1;')
    .replace(LINE_COMMENT, (_, spaces: string, comment: string, offset: number) => {
      const message = 'a comment of CSS is /* ... */';
      warnings.push({ file, ...lineAndColumn(source, offset + spaces.length), message });
      return spaces + ' '.repeat(comment.length);
    });
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      const root = postcss.parse(text);
      if (root.source) names.set(root.source.input, file);
      return root;
    } catch (cause) {
      if (!isRecord(cause) || cause['name'] !== 'CssSyntaxError') throw cause;
      const { reason, line, column } = cause;
      const place = { line: Number(line), column: Number(column) };
      warnings.push({ file, ...place, message: String(reason) });
      text = without(text, String(reason), offsetOf(text, place));
    }
  }
  return postcss.root();
}

/** Where `node` was written, also when its style sheet was imported. */
export function placeOf(node: Node, file: string): Omit<Problem, 'message'> {
  const { line = 1, column = 1 } = node.source?.start ?? {};
  const own = node.source && names.get(node.source.input);
  return { file: own ?? file, line, column };
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, column - 1);
}

/** Without what is wrong at `start`; no line moves. */
function without(text: string, reason: string, start: number): string {
  if (reason === 'Unclosed block') return `${text}}`;
  if (reason === 'Unclosed comment') return `${text}*/`;
  const rest = text.slice(start);
  const length = reason === 'Unexpected }' ? 1 : (/^[^\n;}]+;?/.exec(rest)?.[0].length ?? 1);
  return text.slice(0, start) + ' '.repeat(length) + rest.slice(length);
}
