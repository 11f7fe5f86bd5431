/** CSS as WeChat reads it: a declaration that is none is left out, and the rest applies. */
import postcss, { type Input, type Node, type Root } from 'postcss';
import { isRecord } from '../../lib/is-record';
import type { Problem } from '../../miniprogram-files/compile-error';
import { placeAt } from '../../miniprogram-files/place';
import { blockFault } from './style-blocks';

/** What is found in style sheets: what WeChat's compiler refuses, and what applies in part. */
export interface StyleProblems {
  errors: Problem[];
  warnings: Problem[];
}

const IMPORT_WITHOUT_END = /(@import\s+(?:"[^"\n]*"|'[^'\n]*'))(?=\s*(?:\n|$))/g;
/** Not a comment in CSS: it would take the next declaration with it. */
const LINE_COMMENT = /(?<=^|[;{}])([ \t]*)(\/\/.*)$/gm;
const OF_A_DECLARATION = new Set(['Double colon', 'Missed semicolon']);
/** Each try leaves out one thing. */
const MAX_TRIES = 200;

/** postcss makes a path of this machine of the name that it is given. */
const names = new WeakMap<Input, string>();

export function parseStyle(file: string, source: string, problems: StyleProblems): Root {
  let text = source
    .replace(IMPORT_WITHOUT_END, '$1;')
    .replace(LINE_COMMENT, (_, spaces: string, comment: string, offset: number) => {
      const message = 'a comment of CSS is /* ... */';
      problems.warnings.push({ file, ...placeAt(source, offset + spaces.length), message });
      return spaces + ' '.repeat(comment.length);
    });
  const fault = blockFault(text);
  if (fault !== undefined)
    problems.errors.push({ file, ...placeAt(text, fault.offset), message: fault.message });
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      const root = postcss.parse(text);
      if (root.source) names.set(root.source.input, file);
      return root;
    } catch (cause) {
      if (!isRecord(cause) || cause['name'] !== 'CssSyntaxError') throw cause;
      const { reason, line, column } = cause;
      const place = { line: Number(line), column: Number(column) };
      // Of blocks, `blockFault` knows which of them WeChat refuses. A string may also be cut by a try.
      const isRefused = reason === 'Unclosed string' && tries === 0;
      const found = isRefused ? problems.errors : problems.warnings;
      found.push({ file, ...place, message: String(reason) });
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

function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, column - 1);
}

/** Without what is wrong at `start`; no line moves. */
function without(text: string, reason: string, start: number): string {
  if (reason === 'Unclosed block') return `${text}}`;
  if (reason === 'Unclosed comment') return `${text}*/`;
  if (reason === 'Unexpected }') return blank(text, start, start + 1);
  if (OF_A_DECLARATION.has(reason)) return withoutDeclaration(text, start);
  const length = /^[^\n;{}]+;?/.exec(text.slice(start))?.[0].length ?? 1;
  return blank(text, start, start + length);
}

/** All of it, as browsers do: what stands before `at` is no value without the rest. */
function withoutDeclaration(text: string, at: number): string {
  const start = Math.max(...[';', '{', '}'].map((mark) => text.lastIndexOf(mark, at - 1))) + 1;
  const length = /^[^;{}]*;?/.exec(text.slice(at))?.[0].length ?? 0;
  return blank(text, start, at + Math.max(length, 1));
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
}
