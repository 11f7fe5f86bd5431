import { transformSync, type TransformFailure } from 'esbuild';

/**
 * @throws SyntaxError whose message has the line and column, both from 1. That of `JSON.parse`
 * leaves them out, so esbuild reads once more what `JSON.parse` has refused.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw placed(text, cause) ?? cause;
  }
}

function placed(text: string, cause: unknown): SyntaxError | undefined {
  try {
    transformSync(text, { loader: 'json', logLevel: 'silent' });
  } catch (error) {
    const [first] = (error as TransformFailure).errors;
    if (!first?.location) return undefined;
    const { line, column } = first.location;
    return new SyntaxError(`line ${line}, column ${column + 1}: ${first.text}`, { cause });
  }
  return undefined;
}
