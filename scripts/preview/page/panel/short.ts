const HEAD = 6;
const TAIL = 4;

/** The ends of an id or hash: enough to see whether two are the same. */
export function short(text: string): string {
  return text.length <= HEAD + TAIL + 1 ? text : `${text.slice(0, HEAD)}…${text.slice(-TAIL)}`;
}
