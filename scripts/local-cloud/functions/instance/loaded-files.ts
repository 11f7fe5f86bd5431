/**
 * The files that an instance depends on, with their signatures from before they were read: what the
 * folder of the function holds, beside its `node_modules`, and each module that was loaded from
 * anywhere.
 */
import { readdirSync, type Dirent } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { signatureOf, type FileSignatures } from './file-signature';

/** A function is small; a folder that holds more is not a function's alone. */
const MAX_OWN_FILES = 2_000;

interface LoadingModule {
  load: (this: unknown, filename: string) => unknown;
}

/** @returns the files that are new since it was last asked */
export function watchLoading(folder: string): () => FileSignatures {
  const known = new Set<string>();
  let fresh: [string, string][] = [];
  const add = (path: string): void => {
    if (known.has(path)) return;
    known.add(path);
    fresh.push([path, signatureOf(path)]);
  };
  addOwn(folder, add);
  const prototype = Module.prototype as unknown as LoadingModule;
  const { load } = prototype;
  prototype.load = function (filename) {
    add(filename);
    return load.call(this, filename);
  };
  return () => {
    const reported = fresh;
    fresh = [];
    return reported;
  };
}

function addOwn(root: string, add: (path: string) => void): void {
  const folders = [root];
  let count = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    add(folder);
    for (const entry of entriesOf(folder)) {
      if (entry.name.startsWith('.') || ++count > MAX_OWN_FILES) continue;
      const path = join(folder, entry.name);
      // Modules come and go in it; those that are loaded are added one by one.
      if (entry.name === 'node_modules') add(path);
      else if (entry.isDirectory()) folders.push(path);
      else add(path);
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
