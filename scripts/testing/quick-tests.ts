/** Which tests are quick: those whose imports never reach what starts a process or a browser. */
import { build, type Metafile } from 'esbuild';

/** Modules that start one; so does esbuild, which also reads the imports here. */
const STARTS = /^(node:)?(child_process|cluster|worker_threads)$|^(esbuild|playwright-core)$/;

/** @param files relative to `folder`; those of them that are quick are answered */
export async function quickTests(folder: string, files: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [...files],
    bundle: true,
    packages: 'external',
    platform: 'node',
    metafile: true,
    write: false,
    outdir: 'nowhere',
    logLevel: 'silent',
  });
  return files.filter((file) => !reaches(metafile, file, new Set()));
}

function reaches({ inputs }: Metafile, file: string, seen: Set<string>): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const imports = inputs[file]?.imports ?? [];
  return imports.some(({ path, external }) =>
    external === true ? STARTS.test(path) : reaches({ inputs, outputs: {} }, path, seen),
  );
}
