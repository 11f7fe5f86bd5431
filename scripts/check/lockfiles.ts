/**
 * A lockfile names what the package.json beside it asks for. Every package in it has its checksum,
 * and is got from no registry by name.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRecord } from '../lib/is-record';
import type { Problem } from '../miniprogram-files/compile-error';
import { lineOfName } from '../miniprogram-files/line-of-name';
import { projectFiles } from './project-files';

const NAME = 'package-lock.json';

/** What `npm ci` does without: the integrity of what is not there is never checked. */
const FIX =
  'delete the entry and run "npm install --package-lock-only --ignore-scripts" in its folder';

/** @param dir the project's root */
export async function checkLockfiles(dir: string): Promise<Problem[]> {
  const files = (await projectFiles(dir)).filter((file) => `/${file}`.endsWith(`/${NAME}`));
  return (await Promise.all(files.map((file) => problemsIn(dir, file)))).flat();
}

async function problemsIn(dir: string, file: string): Promise<Problem[]> {
  const lock: unknown = JSON.parse(await readFile(join(dir, file), 'utf8'));
  const packages = isRecord(lock) ? lock['packages'] : undefined;
  if (!isRecord(packages)) return [{ file, message: 'lists no packages: make it anew by npm 9' }];
  const found = Object.entries(packages).map(async ([path, entry]): Promise<Problem[]> => {
    const wrong = isRecord(entry) ? wrongIn(path, entry) : ['is no entry'];
    if (wrong.length === 0) return [];
    const place = await lineOfName(dir, file, path);
    return wrong.map((what) => ({ file, ...place, message: `${path} ${what}` }));
  });
  return [...(await notAskedAlike(dir, file, packages)), ...(await Promise.all(found)).flat()];
}

/** What `npm ci` compares before it installs anything. */
const ASKED = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

async function notAskedAlike(
  dir: string,
  file: string,
  packages: Record<string, unknown>,
): Promise<Problem[]> {
  const beside = join(dir, dirname(file), 'package.json');
  const [asked, locked] = [JSON.parse(await readFile(beside, 'utf8')) as unknown, packages['']];
  const different = ASKED.flatMap((kind) => {
    const [now, then] = [versionsIn(asked, kind), versionsIn(locked, kind)];
    const names = new Set([...Object.keys(now), ...Object.keys(then)]);
    return [...names].filter((name) => now[name] !== then[name]);
  });
  return different.map((name) => ({
    file,
    message: `does not match the package.json beside it (${name}): run "npm install --package-lock-only --ignore-scripts" in its folder`,
  }));
}

function versionsIn(holder: unknown, kind: string): Record<string, unknown> {
  const versions = isRecord(holder) ? holder[kind] : undefined;
  return isRecord(versions) ? versions : {};
}

function wrongIn(path: string, entry: Record<string, unknown>): string[] {
  const { resolved, integrity, link, inBundle } = entry;
  // The project itself, a folder of it, and what another package brings in its own archive.
  const isArchive = path.startsWith('node_modules/') && link !== true && inBundle !== true;
  return [
    ...(isArchive && typeof integrity !== 'string' ? [`has no integrity: ${FIX}`] : []),
    ...(typeof resolved === 'string' && /^\w[\w+.-]*:\/\//.test(resolved)
      ? [
          `names ${new URL(resolved).host}: remove "resolved", so that each machine's own registry is asked`,
        ]
      : []),
  ];
}
