/** Builds again and again: what has not changed is not read, parsed or written another time. */
import { existsSync } from 'node:fs';
import { text } from '../lib/language';
import { BUILT_AT, builtDir } from '../project/built-dir';
import { packageVersion } from '../project/package-version';
import { readResources, type CollectionResource } from '../project/resources';
import { root } from '../project/root';
import { signInMethodsOf, withSignInMethods } from '../project/sign-in-methods';
import { BuildError, inFile, joined } from './build-error';
import { textFile, type BuiltFile } from './built-file';
import { buildFunctions } from './functions';
import { createIncremental } from './incremental';
import { buildLocalCloudClient } from './local-cloud-client';
import { buildMiniprogram } from './miniprogram';
import { createPublisher } from './publisher';
import { leaveUnbuilt } from './unbuilt';
import { buildWebSignIn } from './web-sign-in';

export interface BuildOptions {
  /**
   * The ways in that are offered, in the place of those in cloudfunctions/resources.json: for
   * `builtDir(signInMethods)`.
   */
  signInMethods?: string;
  /** The project's root. Default: this project's. */
  dir?: string;
  /** Whether `dist/lib/`, which is for other projects, is made too. Default: true. */
  libraries?: boolean;
}

export interface BuildReport {
  /** Paths in `dist/`, of what differs from what was there. */
  changed: readonly string[];
  /** As resources.json describes them. Nothing is built of them: a cloud makes them. */
  collections: readonly CollectionResource[];
  durationMs: number;
}

export interface Builder {
  /**
   * One at a time.
   *
   * @throws BuildError, and CommandError where resources.json is not valid: what was built before
   * stays as it is
   */
  build(): Promise<BuildReport>;
  close(): Promise<void>;
}

/** They hold what is built and nothing else. */
const FOLDERS = ['cloudfunctions', 'miniprogram', 'source-maps'];

export function createBuilder({
  signInMethods,
  dir = root,
  libraries = true,
}: BuildOptions = {}): Builder {
  const outDir = builtDir(signInMethods, dir);
  const [forFunctions, forMiniprogram] = [createIncremental(), createIncremental()];
  const publisher = createPublisher(outDir);
  let left: Promise<void> | undefined;
  const unbuilt = (): Promise<void> => (left ??= leaveUnbuilt(dir));

  async function makeAll(): Promise<{ files: BuiltFile[] } & Pick<BuildReport, 'collections'>> {
    requireSources(dir);
    const { functions: described, collections } = inFile('cloudfunctions/resources.json', () =>
      readResources(`${dir}/cloudfunctions/resources.json`),
    );
    const functions =
      signInMethods === undefined ? described : withSignInMethods(described, signInMethods);
    const parts = await Promise.allSettled([
      buildFunctions(forFunctions, {
        dir: `${dir}/cloudfunctions`,
        functions,
        version: inFile('package.json', () => packageVersion(dir)),
        outDir,
      }),
      buildMiniprogram(forMiniprogram, {
        dir: `${dir}/miniprogram`,
        outDir,
        signInMethods: signInMethodsOf(functions),
      }),
      ...(libraries
        ? [
            buildLocalCloudClient(`${dir}/scripts/local-cloud`),
            buildWebSignIn(`${dir}/scripts/web-sign-in`),
          ]
        : []),
    ]);
    const failures = parts.filter((part) => part.status === 'rejected');
    if (failures.length > 0) throw joined(failures.map(({ reason }) => reason as unknown));
    const files = parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
    return { files, collections };
  }

  return {
    async build() {
      const [startedAt, begin] = [Date.now(), performance.now()];
      const [{ files, collections }] = await Promise.all([makeAll(), unbuilt()]);
      const changed = await publisher.publish(files, FOLDERS);
      // What is newer than this was not built.
      await publisher.publish([textFile(BUILT_AT, String(startedAt))], []);
      return { changed, collections, durationMs: performance.now() - begin };
    },
    async close() {
      await Promise.all([forFunctions.close(), forMiniprogram.close()]);
    },
  };
}

/** While a folder is moved or checked out anew, what was built of it stays. */
function requireSources(dir: string): void {
  for (const file of [
    'miniprogram/app.json',
    'miniprogram/app.ts',
    'cloudfunctions/resources.json',
  ]) {
    if (existsSync(`${dir}/${file}`)) continue;
    const message = text({ zh: '不存在', en: 'is missing' });
    throw new BuildError(
      [{ file, message }],
      text({ zh: `${file} 不存在。`, en: `${file} is missing.` }),
    );
  }
}
