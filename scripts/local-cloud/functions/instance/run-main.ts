/** One call of `exports.main`. */
import type { Failure, InvokeMessage } from './messages';

type Callback = (error: unknown, result?: unknown) => void;
export type Main = (event: unknown, context: unknown, callback?: Callback) => unknown;

/** The limit of the platform for the result of a function. */
const MAX_RESULT_BYTES = 6 * 1024 * 1024;

/** A function with three parameters answers by its callback, or by what it returns. */
export function runMain(main: Main, { event, context }: InvokeMessage): unknown {
  if (main.length < 3) return main(event, context);
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === null || error === undefined) resolve(result);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- theirs
      else reject(error);
    };
    const returned = main(event, context, callback);
    if (returned !== undefined) resolve(returned);
  });
}

/**
 * What does not become JSON, such as a missing result, is `null`.
 *
 * @throws what JSON.stringify throws, and an error for a result that is too large
 */
export function resultAsJson(result: unknown): string {
  const json = (JSON.stringify(result) as string | undefined) ?? 'null';
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_RESULT_BYTES) return json;
  throw new RangeError(
    `The size of response exceeds the upper limit (6MB): the result is ${bytes} bytes`,
  );
}

/** JSON.stringify does not say whose value it was given. */
export function inResult({ text, headline }: Failure): Failure {
  const where = 'in the result of exports.main';
  return { text: `${text}\n    ${where}`, headline: `${headline} ${where}` };
}
