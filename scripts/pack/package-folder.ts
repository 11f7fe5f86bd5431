/** A package as npm packs it: a folder of its own, made anew. */
import { readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../lib/command-error';
import { runNpm } from '../lib/run-tool';
import { root } from '../project/root';

export interface PackageFolder {
  dir: string;
  write(file: string, content: string | Uint8Array): Promise<void>;
  copy(source: string, file: string): Promise<void>;
}

/** What both packages say of themselves, from the project's package.json. */
export const COMMON = (({ version, license }) => ({ version, license }))(readPackage());

/** The version of a dependency, as it is tried here. */
export function versionOf(dependency: string): string {
  const version = readPackage().devDependencies[dependency];
  if (version === undefined) throw new Error(`package.json has no ${dependency}`);
  return version;
}

function readPackage() {
  return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    version: string;
    license: string;
    devDependencies: Record<string, string | undefined>;
  };
}

export async function makePackageFolder(dir: string): Promise<PackageFolder> {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(dir, { recursive: true });
  const makeRoom = (file: string) => mkdir(dirname(join(dir, file)), { recursive: true });
  return {
    dir,
    async write(file, content) {
      await makeRoom(file);
      await writeFile(join(dir, file), content);
    },
    async copy(source, file) {
      await makeRoom(file);
      await cp(source, join(dir, file), { recursive: true });
    },
  };
}

/** Resolves to the path of the file that `npm install` takes. */
export async function npmPack(folder: PackageFolder, name: string): Promise<string> {
  const outDir = dirname(folder.dir);
  const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', outDir];
  const { exitCode, output } = await runNpm(args, { cwd: folder.dir, output: 'collect' });
  if (exitCode !== 0) throw new CommandError(`npm could not pack ${name}:\n${output.trim()}`);
  return join(outDir, `${name}-${COMMON.version}.tgz`);
}
