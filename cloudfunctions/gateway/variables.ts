/** Reading environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Written as browsers send it: anything else would never match, nor does a `*` stand for others. */
export function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text && !text.includes('*');
  } catch {
    return false;
  }
}

export function splitList(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
