/** Both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Where the character at `offset` of `text` stands. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
