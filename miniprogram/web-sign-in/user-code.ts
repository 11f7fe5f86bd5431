/**
 * The code that a web page shows: eight letters, typed, or taken from what was scanned. No `wx` in
 * here, and nothing but the letters leaves it: what somebody else put into a code is not followed.
 */
const FORMAT = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/;
/** How it stands in the query of a web page, and in a mini program code of the page `authorize`. */
const IN_QUERY = /[?&](?:user_code|scene)=([^&#]*)/;
/** Longer than any that is ours. */
const MAX_LENGTH = 2048;

/** The eight letters; `undefined` for what no page shows. Spaces and hyphens do no harm. */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > MAX_LENGTH) return undefined;
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―−._]/g, '');
  return FORMAT.test(letters) ? letters : undefined;
}

/** As a page shows it: `BCDF-GHJK`. */
export const shownUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/**
 * From what `wx.scanCode` gave: the address in a QR code, or the path in a mini program code of
 * this app, which iOS leaves percent-encoded.
 */
export function userCodeFromScan({
  result = '',
  path = '',
}: {
  result?: string;
  path?: string;
}): string | undefined {
  return path === '' ? fromAddress(result) : fromPath(path);
}

/** From what the page was opened with, by our own page, a mini program code or a plain link. */
export function userCodeFromQuery(query: Readonly<Record<string, string | undefined>>) {
  const { code, scene, q } = query;
  if (code !== undefined) return readUserCode(code);
  if (scene !== undefined) return readUserCode(decoded(scene));
  return q === undefined ? undefined : fromAddress(decoded(q));
}

function fromAddress(address: string): string | undefined {
  return /^https?:\/\//i.test(address) ? fromQueryOf(address) : undefined;
}

function fromPath(path: string): string | undefined {
  const plain = path.includes('?') ? path : decoded(path);
  return /^\/?pages\/authorize\//.test(plain) ? fromQueryOf(plain) : undefined;
}

function fromQueryOf(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const value = IN_QUERY.exec(text)?.[1];
  return value === undefined ? undefined : readUserCode(decoded(value));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
