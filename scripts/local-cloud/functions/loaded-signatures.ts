import { signatureOf, type FileSignatures } from './instance/file-signature';

/** The files that an instance has read, and whether they are still what they were. */
export interface LoadedSignatures {
  add(files: FileSignatures): void;
  areCurrent(): boolean;
}

/** There may be hundreds of modules: a change among them is noticed this much later at most. */
const MODULES_CHECK_MS = 50;

export function createLoadedSignatures(): LoadedSignatures {
  const own: FileSignatures[number][] = [];
  const modules: FileSignatures[number][] = [];
  let modulesCheckedAt = 0;
  const areSame = (files: FileSignatures): boolean =>
    files.every(([path, signature]) => signatureOf(path) === signature);

  return {
    add(files) {
      for (const file of files) {
        (/[\\/]node_modules[\\/]/.test(file[0]) ? modules : own).push(file);
      }
    },
    areCurrent() {
      if (!areSame(own)) return false;
      const now = performance.now();
      if (now - modulesCheckedAt < MODULES_CHECK_MS) return true;
      modulesCheckedAt = now;
      return areSame(modules);
    },
  };
}
