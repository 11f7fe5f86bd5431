/** Every file can be checked out on Windows and macOS, and lies beside none of the same name there. */
import type { Problem } from '../miniprogram-files/compile-error';
import { projectFiles } from './project-files';

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const NOT_ON_WINDOWS = /[<>:"|?*\\]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** @param dir the project's root */
export async function checkFileNames(dir: string): Promise<Problem[]> {
  return wrongNames(await projectFiles(dir));
}

/** @param files paths with a forward slash */
export function wrongNames(files: readonly string[]): Problem[] {
  const paths = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
  const first = new Map<string, string>();
  return [...paths].sort().flatMap((file): Problem[] => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const folded = file.normalize('NFC').toLowerCase();
    const other = first.get(folded);
    first.set(folded, other ?? file);
    return [
      ...(NOT_ON_WINDOWS.test(name) ? [{ file, message: 'cannot be a name on Windows' }] : []),
      ...(other === undefined
        ? []
        : [{ file, message: `is the same as ${other} where case does not count` }]),
    ];
  });
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
