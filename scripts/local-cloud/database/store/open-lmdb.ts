/**
 * Loads lmdb wherever the project is. Its CommonJS build looks for its native file beside
 * `new URL('file:' + __filename)`, which a `#`, `?` or `%` in the path of a folder cuts short or
 * changes (3.5.6; its ES module does not): while it loads, such an address is made as Node makes it.
 */
import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import url, { pathToFileURL } from 'node:url';
import type * as lmdb from 'lmdb';

const SCHEME = 'file:';

/**
 * @param from the file whose packages are looked through
 * @throws Error as `require` does
 */
export function loadLmdb(from: string): typeof lmdb {
  const original = url.URL;
  url.URL = class extends original {
    constructor(address: string | URL, base?: string | URL) {
      super(withoutHoles(address), base);
    }
  };
  try {
    return createRequire(from)('lmdb') as typeof lmdb;
  } finally {
    url.URL = original;
  }
}

/** Of `file:` and a bare path; all else, `file:///` too, is as it is. */
function withoutHoles(address: string | URL): string | URL {
  if (typeof address !== 'string' || !address.startsWith(SCHEME)) return address;
  const path = address.slice(SCHEME.length);
  return isAbsolute(path) && !path.startsWith('//') ? pathToFileURL(path).href : address;
}

export const { open } = loadLmdb(__filename);
