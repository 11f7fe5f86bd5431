import { createHash } from 'node:crypto';
import { basename } from 'node:path';

/** A name for what is kept of a folder, outside of it: two may have the same name. */
export function folderId(dir: string): string {
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 8);
  return `${basename(dir)}-${hash}`;
}
