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
   * @param sources paths in the project: all that has changed since the build before. What reads
   * none of them is not made again. Default: it is not known what has changed
   *
   * @throws BuildError, and CommandError where resources.json is not valid: what was built before
   * stays as it is
   */
  build(sources?: readonly string[]): Promise<BuildReport>;
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
  const functionsMade = made('cloudfunctions', 'package.json');
  const miniprogramMade = made('miniprogram', 'cloudfunctions/resources.json');
  let hasFailed = false;
  let left: Promise<void> | undefined;
  const unbuilt = (): Promise<void> => (left ??= leaveUnbuilt(dir));

  async function makeAll(
    sources: readonly string[],
  ): Promise<{ files: BuiltFile[] } & Pick<BuildReport, 'collections'>> {
    requireSources(dir);
    const { functions: described, collections } = inFile('cloudfunctions/resources.json', () =>
      readResources(`${dir}/cloudfunctions/resources.json`),
    );
    const functions =
      signInMethods === undefined ? described : withSignInMethods(described, signInMethods);
    const parts = await Promise.allSettled([
      functionsMade.after(sources, () =>
        buildFunctions(forFunctions, {
          dir: `${dir}/cloudfunctions`,
          functions,
          version: inFile('package.json', () => packageVersion(dir)),
          outDir,
        }),
      ),
      miniprogramMade.after(sources, () =>
        buildMiniprogram(forMiniprogram, {
          dir: `${dir}/miniprogram`,
          outDir,
          signInMethods: signInMethodsOf(functions),
        }),
      ),
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
    async build(sources = []) {
      const [startedAt, begin] = [Date.now(), performance.now()];
      // Of a build that fails, nothing is known to be made: the next one is told of its own changes.
      const known = hasFailed ? [] : sources;
      hasFailed = true;
      const [{ files, collections }] = await Promise.all([makeAll(known), unbuilt()]);
      hasFailed = false;
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

/** @param reads paths in the project, of files and of whole folders */
function made(...reads: readonly string[]) {
  let last: BuiltFile[] | undefined;
  const isRead = (source: string): boolean =>
    reads.some((path) => source === path || source.startsWith(`${path}/`));
  return {
    /** @param sources what has changed since the last time; none: it is not known */
    async after(
      sources: readonly string[],
      make: () => Promise<BuiltFile[]>,
    ): Promise<BuiltFile[]> {
      if (last !== undefined && sources.length > 0 && !sources.some(isRead)) return last;
      return (last = await make());
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
