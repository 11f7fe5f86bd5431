/**
 * What was thrown, for the developer of the function: paths are relative to its folder, and nothing
 * of Node's or of this runtime is in the stack.
 */
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect, types } from 'node:util';
import type { Failure } from './messages';
import type { PlaceInSource } from './source-places';

const FRAME = /^\s+at /;
const NOT_THEIRS = /\bnode:|\(native\)|processTicksAndRejections|<anonymous>\)$/;
/** At the end of a frame, with or without parentheses. */
const PLACE = /\(?((?:[^\s()]|\([^)]*\))+:\d+:\d+)\)?$/;
/** Where a syntax error is, and what required a module that is missing. */
const NODES_OWN_LINES = /^\S.*:\d+\n|^- .*$/gm;
/** A syntax error begins with where it is, e.g. `/a/index.js:3`. */
const SYNTAX_PLACE = /^(\S.*:\d+)\n/;

export type DescribeError = (error: unknown) => Failure;

/**
 * @param folders of the function; its real path too, where they differ
 * @param runtimeFile whose frames are left out
 */
export function errorDescriber(
  folders: readonly string[],
  runtimeFile: string,
  placeInSource: PlaceInSource = (line) => line,
): DescribeError {
  // Of ES modules Node names the URL, in which a space, for one, is written otherwise.
  const prefixes = folders.flatMap((folder) => [
    pathToFileURL(`${folder}/`).href,
    `${folder}/`,
    `${folder}${sep}`,
  ]);
  const shorten = (text: string): string =>
    prefixes.reduce((short, prefix) => short.replaceAll(prefix, ''), text);
  // Not the message: a path in it is what the function itself used.
  const shortenHead = (head: string): string => head.replace(NODES_OWN_LINES, shorten);

  return (error) => {
    if (!isError(error)) {
      const text = describeValue(error);
      return { text, headline: firstLine(text) };
    }
    const title = titleOf(error);
    const lines = stackOf(error, title)
      .split('\n')
      .filter((line) => !line.includes(runtimeFile));
    const firstFrame = lines.findIndex((line) => FRAME.test(line));
    const head = lines.slice(0, firstFrame === -1 ? undefined : firstFrame).join('\n');
    const frames =
      firstFrame === -1 ? [] : lines.slice(firstFrame).filter((frame) => !NOT_THEIRS.test(frame));
    const places = frames.map(placeInSource);
    const short = [shortenHead(head.trimEnd()), ...places.map(shorten)];
    const own =
      places.find((place, at) => place !== frames[at]) ??
      short.slice(1).find((frame) => !/[/(\s]node_modules\//.test(frame)) ??
      short[1];
    const place = SYNTAX_PLACE.exec(short[0] ?? '')?.[1] ?? PLACE.exec(own ?? '')?.[1];
    return {
      text: short.join('\n'),
      headline: firstLine(title) + (place === undefined ? '' : ` (${place})`),
    };
  };
}

/** Those of another realm are errors too. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/** An error may have lost its stack, or been given another message since. */
function stackOf(error: Error, title: string): string {
  const stack = read(() => error.stack);
  const cause = read(() => error.cause);
  const message = read(() => error.message) ?? '';
  const text =
    typeof stack !== 'string' || stack === ''
      ? title
      : stack.includes(message)
        ? stack
        : `${title}\n${stack}`;
  if (cause === undefined) return text;
  const because = isError(cause) ? titleOf(cause) : describeValue(cause);
  const [head = '', ...frames] = text.split(/\n(?=\s+at )/);
  return [`${head}\n[cause]: ${because}`, ...frames].join('\n');
}

function titleOf(error: Error): string {
  const name = read(() => error.name) ?? 'Error';
  const message = read(() => error.message) ?? '';
  return message === '' ? name : `${name}: ${message}`;
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return value;
  const json = read(() => JSON.stringify(value) as string | undefined);
  // JSON shows nothing of a function, a Map and the like.
  return json === undefined || json === '{}' ? (read(() => inspect(value)) ?? typeof value) : json;
}

/** What is thrown may throw when it is read. */
function read<Value>(get: () => Value): Value | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
