import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from './command-error';
import { text, type Text } from './language';
import { runNpm } from './run-tool';

/** Packages that only some commands need, each set with a lockfile of its own. */
export interface Tools {
  /** Holds their package.json and package-lock.json. */
  fromDir: string;
  /** Where they are installed: a folder of node_modules, which every tool passes over. */
  dir: string;
  /** What is being installed, and its size, for the person who waits. */
  what: Text;
}

const FILES = ['package.json', 'package-lock.json'];

/**
 * Installs what the lockfile names, unless it is there.
 *
 * @throws CommandError when installing failed
 */
export async function installTools(tools: Tools): Promise<void> {
  if (await areInstalled(tools)) return;
  const { fromDir, dir, what } = tools;
  const installing = {
    zh: `正在安装${what.zh}（只装一次）...`,
    en: `Installing ${what.en} (once) ...`,
  };
  console.error(text(installing));
  // Interrupted, it is half of what the stamp says.
  await rm(stampIn(dir), { force: true });
  await mkdir(dir, { recursive: true });
  for (const file of FILES) await cp(join(fromDir, file), join(dir, file));
  const { exitCode } = await runNpm(
    [
      'ci', '--prefix', dir, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error',
    ], // prettier-ignore
    { cwd: dir, output: 'stderr' },
  );
  if (exitCode !== 0) {
    throw new CommandError(
      text({
        zh: '安装失败，原因见上。npm 源须能访问一次。',
        en: 'Installing failed: see the lines above. The npm registry must be reachable once.',
      }),
    );
  }
  await writeFile(stampIn(dir), await fingerprintOfTools(fromDir));
}

export async function areInstalled({ fromDir, dir }: Tools): Promise<boolean> {
  const stamp = stampIn(dir);
  return (
    existsSync(stamp) && (await readFile(stamp, 'utf8')) === (await fingerprintOfTools(fromDir))
  );
}

const stampIn = (dir: string): string => join(dir, '.installed-from');

/** What the stamp of an installation says: of the lockfile, and for which machine. */
export async function fingerprintOfTools(fromDir: string): Promise<string> {
  const contents = await Promise.all(FILES.map((file) => readFile(join(fromDir, file))));
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}
