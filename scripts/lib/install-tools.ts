import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project/root';
import { runTool } from './run-tool';

/** Packages that only some commands need, each set with a lockfile of its own. */
interface Tools {
  /** Holds their package.json and package-lock.json. */
  fromDir: string;
  /** Where they are installed: every tool that reads the project passes it over. */
  dir: string;
  /** For the person who waits. */
  what: string;
}

const cached = (name: string): string => `${root}/node_modules/.cache/${name}`;

export const WECHAT_COMPILER: Tools = {
  fromDir: `${root}/scripts/check/wechat-compiler/tool`,
  dir: cached('compile-check'),
  what: "WeChat's compiler, 276 MB",
};
export const MANAGEMENT_LIBRARY: Tools = {
  fromDir: `${root}/scripts/deploy/management-library`,
  dir: cached('deploy'),
  what: "Tencent's management library, 36 MB",
};
export const BENCH_PEERS: Tools = {
  fromDir: `${root}/scripts/bench/peers`,
  dir: cached('bench'),
  what: 'what is measured beside, 49 MB',
};

const FILES = ['package.json', 'package-lock.json'];

/** Installs what the lockfile names, unless that is what is there. Answers whether they are there. */
export async function installTools(tools: Tools): Promise<boolean> {
  if (await areInstalled(tools)) return true;
  const { fromDir, dir, what } = tools;
  console.log(`Installing ${what} (once) ...`);
  await mkdir(dir, { recursive: true });
  for (const file of FILES) await cp(join(fromDir, file), join(dir, file));
  const { exitCode } = await runTool(
    'npm',
    [
      'ci', '--prefix', dir, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error',
    ], // prettier-ignore
    'inherit',
  );
  if (exitCode !== 0) return false;
  await writeFile(stampIn(dir), await fingerprint(fromDir));
  return true;
}

export async function areInstalled({ fromDir, dir }: Tools): Promise<boolean> {
  const stamp = stampIn(dir);
  return existsSync(stamp) && (await readFile(stamp, 'utf8')) === (await fingerprint(fromDir));
}

const stampIn = (dir: string): string => join(dir, '.installed-from');

async function fingerprint(fromDir: string): Promise<string> {
  const contents = await Promise.all(FILES.map((file) => readFile(join(fromDir, file))));
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}
