/** What is uploaded of a built function, and the fingerprint by which a later run knows it. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { MANAGEMENT_LIBRARY } from './management-library';

/** DevTools alone reads it: a deployment sets what it says by itself. */
const NOT_CODE = 'config.json';
/** Fixed, so that the same code gives the same zip. */
const DATE = new Date('2020-01-01T00:00:00Z');

/** By fingerprint: nothing is zipped twice. */
const zips = new Map<string, string>();

export interface FunctionCode {
  fingerprint: string;
  /** A zip in base64. */
  zip: () => string;
}

/** @param dir of a built function */
export async function readCode(dir: string): Promise<FunctionCode> {
  const names = (await readdir(dir)).filter((name) => name !== NOT_CODE && !name.startsWith('.'));
  const files = await Promise.all(
    names.sort().map(async (name) => [name, await readFile(`${dir}/${name}`)] as const),
  );
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(`${name} ${content.length}\n`).update(content);
  const fingerprint = hash.digest('hex').slice(0, 12);
  return {
    fingerprint,
    zip: () => {
      const made = zips.get(fingerprint);
      if (made !== undefined) return made;
      const load = createRequire(`${MANAGEMENT_LIBRARY.dir}/package.json`);
      const { zipSync } = load('fflate') as {
        zipSync: (files: Record<string, Uint8Array>, options: object) => Uint8Array;
      };
      const zipped = zipSync(Object.fromEntries(files), { level: 9, mtime: DATE });
      const zip = Buffer.from(zipped).toString('base64');
      zips.set(fingerprint, zip);
      return zip;
    },
  };
}
