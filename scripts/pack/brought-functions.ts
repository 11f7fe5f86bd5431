/** The functions that `init` brings: their files by content, each once, and what the cloud must hold. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { BroughtFunctions } from '../packaged/manifest';
import type { Resources } from '../project/resources';
import { COMMON, type PackageFolder } from './package-folder';

/** What an app needs, and what it may take besides; the rest of the functions are an example's. */
const BASE = ['login', 'logout', 'session', 'sweep'];
const COLLECTIONS: Readonly<Record<string, readonly string[]>> = {
  login: ['sessions'],
  'login-phone': ['identities'],
  'login-password': ['identities', 'password_attempts'],
  identity: ['identities'],
  authorize: ['device_grants'],
  gateway: ['gateway_counters', 'device_grants'],
};

export async function writeBroughtFunctions(
  builtFunctions: string,
  { functions, collections }: Resources,
  folder: PackageFolder,
): Promise<void> {
  const brought: BroughtFunctions = { version: COMMON.version, functions: {}, collections: [] };
  const needed = new Set<string>();
  for (const { name, description, timer } of functions) {
    const isBase = BASE.includes(name);
    if (!isBase && COLLECTIONS[name] === undefined) continue;
    const files: Record<string, string> = {};
    for (const file of await filesIn(join(builtFunctions, name))) {
      const content = await readFile(join(builtFunctions, name, file));
      const hash = createHash('sha256').update(content).digest('hex');
      files[file] = hash;
      await folder.write(`functions/${hash}`, content);
    }
    const own = COLLECTIONS[name] ?? [];
    for (const collection of own) needed.add(collection);
    brought.functions[name] = {
      description,
      isBase,
      files,
      collections: own,
      hasTimer: timer !== undefined,
    };
  }
  brought.collections = collections
    .filter(({ name }) => needed.has(name))
    .map(({ name, permission, indexes }) => ({ name, permission, indexes }));
  await folder.write('functions/manifest.json', `${JSON.stringify(brought, undefined, 2)}\n`);
}

/** Those in its folders too, from the folder, with slashes on every system. */
export async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { recursive: true })) {
    if ((await stat(join(folder, entry))).isFile()) files.push(entry.split(sep).join('/'));
  }
  return files.sort();
}
