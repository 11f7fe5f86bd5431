/** What the cloud must hold besides functions, as `cloudfunctions/resources.json` says. */
import { readFileSync } from 'node:fs';

export interface Resources {
  collections: readonly { name: string; permission: string }[];
}

/** @throws Error that names the file when it can't be read or has another shape */
export function readResources(file: string): Resources {
  try {
    return decodeResources(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} is no list of resources`, { cause: error });
  }
}

function decodeResources(value: unknown): Resources {
  const { collections } = value as { collections: unknown };
  if (!Array.isArray(collections)) throw new TypeError('"collections" must be an array');
  return {
    collections: collections.map((collection: unknown) => {
      const { name, permission } = collection as Record<string, unknown>;
      if (typeof name !== 'string' || typeof permission !== 'string') {
        throw new TypeError('a collection needs a "name" and a "permission"');
      }
      return { name, permission };
    }),
  };
}
