/** What the compilers ask of a syntax tree, and of the error that came in its place. */
import type { AnyNode } from 'acorn';
import { isRecord } from '../../lib/is-record';
import type { Problem } from '../../miniprogram-files/compile-error';

/** In the order in which they are written. */
export function nodesOf(root: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (isNode(next)) found.push(next);
    if (isNode(next) || Array.isArray(next)) waiting.push(...membersOf(next).reverse());
  }
  return found;
}

function membersOf(value: object): unknown[] {
  return Object.values(value);
}

function isNode(value: unknown): value is AnyNode {
  return isRecord(value) && typeof value['type'] === 'string';
}

/**
 * @param shift where the parsed text begins in the file, both from 0
 *
 * @throws `cause`, when it is no syntax error of acorn or sucrase
 */
export function syntaxProblem(
  file: string,
  cause: unknown,
  shift: { line: number; column: number } = { line: 0, column: 0 },
): Problem {
  const loc = isRecord(cause) ? cause['loc'] : undefined;
  if (!(cause instanceof Error) || !isRecord(loc)) throw cause;
  const line = Number(loc['line']);
  // acorn counts columns from 0, and says where it stopped reading; sucrase counts from 1.
  const column = Number(loc['column']) + ('raisedAt' in cause ? 1 : 0);
  return {
    file,
    line: line + shift.line,
    column: column + (line === 1 ? shift.column : 0),
    // Both end their messages with the place.
    message: cause.message.replace(/ \(\d+:\d+\)$/, '').replace(`Error transforming ${file}: `, ''),
  };
}
