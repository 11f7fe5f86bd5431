/** The packages for other projects: `dist/packages/`, as files that `npm install` takes. */
import { build } from '../build';
import { builtDir } from '../project/built-dir';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { LOCAL_PACKAGE, packLocal } from './local-package';
import { packSession, SESSION_PACKAGE } from './session-package';

export interface Packed {
  name: string;
  /** The path of the packed file. */
  file: string;
}

/**
 * @param isBuilt what `npm run build` made is taken as it is
 * @throws CommandError
 */
export async function pack(
  outDir = `${root}/dist/packages`,
  { isBuilt = false }: { isBuilt?: boolean } = {},
): Promise<Packed[]> {
  if (!isBuilt) await build();
  const built = builtDir();
  const local = {
    functionsDir: `${built}/cloudfunctions`,
    libDir: `${built}/lib`,
    resources: readResources(`${root}/cloudfunctions/resources.json`),
  };
  const files = await Promise.all([
    packSession(`${built}/miniprogram`, `${outDir}/${SESSION_PACKAGE}`),
    packLocal(local, `${outDir}/${LOCAL_PACKAGE}`),
  ]);
  return [SESSION_PACKAGE, LOCAL_PACKAGE].map((name, index) => ({
    name,
    file: files[index] ?? '',
  }));
}
