/** By what a file is known to have changed. */
import { statSync } from 'node:fs';

/** Pairs of a path and the signature that it had when it was read. */
export type FileSignatures = readonly (readonly [path: string, signature: string])[];

/** Differs after each change of a file, or of what a folder holds; empty where there is nothing. */
export function signatureOf(path: string): string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return '';
    const { ino, size, mtimeNs, ctimeNs } = stats;
    // What was changed last may have been set back: the time of the change of that can't be.
    return `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch {
    return '';
  }
}
