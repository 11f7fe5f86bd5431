/** JSON with the place of each value, so that what is wrong with a file can be shown in it. */
import { parseExpressionAt, type Expression, type Literal } from 'acorn';

/** The message begins with the line and the column. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface ConfigText {
  value: unknown;
  /** An error at the value, or at the closest one around it that is there. */
  wrong(path: readonly (string | number)[], message: string): ConfigError;
}

/**
 * A byte order mark is passed over, and an empty file is `{}`.
 *
 * @throws ConfigError
 */
export function parseConfigText(content: string): ConfigText {
  const text = content.replace(/^\uFEFF/, '');
  if (text.trim() === '') return { value: {}, wrong: (_, message) => new ConfigError(message) };
  return {
    value: parseJson(text),
    wrong: (path, message) => errorAt(text, offsetOf(text, path), message),
  };
}

/** @throws ConfigError */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = /at position (\d+)/.exec(message)?.[1];
    const offset = position === undefined ? text.length : Number(position);
    if (text[offset] === '/') throw errorAt(text, offset, 'comments are not allowed in JSON');
    throw errorAt(text, offset, message.replace(/ \(line.*| in JSON at position.*/, ''));
  }
}

function errorAt(text: string, offset: number, message: string): ConfigError {
  const before = text.slice(0, offset).split('\n');
  return new ConfigError(`${before.length}:${(before.at(-1)?.length ?? 0) + 1}: ${message}`);
}

/** JSON is a JavaScript expression too, and acorn knows where each part of one begins. */
function offsetOf(text: string, path: readonly (string | number)[]): number {
  let node: Expression = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
  for (const step of path) {
    const next = partOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node.start;
}

function partOf(node: Expression, step: string | number): Expression | undefined {
  if (node.type === 'ArrayExpression') {
    const element = node.elements[Number(step)];
    return element?.type === 'SpreadElement' ? undefined : (element ?? undefined);
  }
  if (node.type !== 'ObjectExpression') return undefined;
  // The last of two with one name counts.
  const property = node.properties.findLast(
    (entry) => entry.type === 'Property' && (entry.key as Literal).value === step,
  );
  return property?.type === 'Property' ? property.value : undefined;
}
