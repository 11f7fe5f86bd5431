/** The checks of this project's own. Each is loaded when it runs: compilers take long to load. */
import type { Problem } from '../miniprogram-files/compile-error';
import { root } from '../project/root';
import { inFolder } from './report';

export interface Check {
  name: string;
  /** Resolves to problems whose files are paths from the project's root. */
  find: () => Promise<readonly Problem[]>;
  readsBuild?: boolean;
}

const sources = `${root}/miniprogram`;
const built = `${root}/dist/miniprogram`;

export const checks: readonly Check[] = [
  // The build copies WXML unchanged: the file to repair is the source.
  {
    ...check('wcc', 'miniprogram', async () => (await import('./wcc')).checkWithWcc(built)),
    readsBuild: true,
  },
  {
    ...check('compile', 'dist/miniprogram', async () =>
      (await import('./compile')).checkCompiles(built),
    ),
    readsBuild: true,
  },
  {
    name: 'project',
    find: async () => (await import('./project')).checkProject(root),
    readsBuild: true,
  },
  { name: 'lockfiles', find: async () => (await import('./lockfiles')).checkLockfiles(root) },
  { name: 'file-names', find: async () => (await import('./file-names')).checkFileNames(root) },
  check('tags', 'miniprogram', async () => (await import('./tags')).checkTags(sources)),
  check('handlers', 'miniprogram', async () => (await import('./handlers')).checkHandlers(sources)),
  check('texts', 'miniprogram', async () => (await import('./texts')).checkTexts(sources)),
  check('styles', 'miniprogram', async () => (await import('./styles')).checkStyles(sources)),
];

/** @param folder from the project's root: where the files are that `find` names */
function check(name: string, folder: string, find: Check['find']): Check {
  return { name, find: () => inFolder(folder, find) };
}
