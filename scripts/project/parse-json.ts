import { transformSync, type TransformFailure } from 'esbuild';
import { text } from '../lib/language';

/** Says where, which that of `JSON.parse` leaves out. */
export class JsonSyntaxError extends SyntaxError {
  /** @param what in English, as esbuild says it @param line from 1 @param column from 1 */
  constructor(
    readonly what: string,
    readonly line: number,
    readonly column: number,
    options: ErrorOptions,
  ) {
    const place = { zh: `第 ${line} 行第 ${column} 列：`, en: `line ${line}, column ${column}: ` };
    super(`${text(place)}${what}`, options);
  }
}

/**
 * @throws JsonSyntaxError, for which esbuild reads once more what `JSON.parse` has refused; the
 * SyntaxError of `JSON.parse` where esbuild takes it
 */
export function parseJson(given: string): unknown {
  // Editors on Windows begin a file with it.
  const source = given.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw placed(source, cause) ?? cause;
  }
}

function placed(source: string, cause: unknown): JsonSyntaxError | undefined {
  try {
    transformSync(source, { loader: 'json', logLevel: 'silent' });
  } catch (error) {
    const [first] = (error as TransformFailure).errors;
    if (!first?.location) return undefined;
    const { line, column } = first.location;
    return new JsonSyntaxError(first.text, line, column + 1, { cause });
  }
  return undefined;
}
