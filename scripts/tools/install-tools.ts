import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../run-command';

const FILES = ['package.json', 'package-lock.json'];

/**
 * Installs what `fromDir`'s lockfile names into `toolsDir`, unless that is what it holds. Answers whether they are there.
 *
 * @param what they are, for the person who waits
 */
export async function installTools(
  fromDir: string,
  toolsDir: string,
  what: string,
): Promise<boolean> {
  const wanted = await fingerprint(fromDir);
  const stamp = join(toolsDir, '.installed-from');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return true;
  console.log(`Installing ${what} (once) ...`);
  await mkdir(toolsDir, { recursive: true });
  for (const file of FILES) await cp(join(fromDir, file), join(toolsDir, file));
  const { exitCode } = await runTool(
    'npm',
    [
      'ci', '--prefix', toolsDir, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error',
    ], // prettier-ignore
    'inherit',
  );
  if (exitCode !== 0) return false;
  await writeFile(stamp, wanted);
  return true;
}

async function fingerprint(dir: string): Promise<string> {
  const contents = await Promise.all(FILES.map((file) => readFile(join(dir, file))));
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}
