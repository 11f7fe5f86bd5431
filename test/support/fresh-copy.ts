/** The project as somebody has it who has just cloned it: nothing installed, nothing built. */
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../../scripts/project/root';
import { onPath } from '../../scripts/lib/on-path';

/** A clone has them not, or no command needs them. */
const LEFT_BEHIND = new Set([
  '.git',
  '.github',
  '.local-cloud',
  'coverage',
  'dist',
  'node_modules',
  'reports',
  'test',
]);

export interface FreshCopy {
  readonly dir: string;
  /** For the commands that are run in it. */
  readonly environment: { PATH: string };
  remove(): Promise<void>;
}

/** `npm ci` links what is installed here, which is what the lockfile names; every other `npm` is the real one. */
export async function makeFreshCopy(): Promise<FreshCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'fresh-copy-'));
  const dir = join(folder, 'project');
  await mkdir(dir);
  for (const name of await readdir(root)) {
    if (!LEFT_BEHIND.has(name)) await cp(join(root, name), join(dir, name), { recursive: true });
  }
  const [npm] = onPath(['npm']);
  if (npm === undefined) throw new Error('there is no npm on the PATH');
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(
    join(bin, 'npm'),
    `#!/bin/sh
if [ "$1" = ci ]; then
  mkdir node_modules && ln -s '${root}/node_modules'/* '${root}/node_modules/.bin' node_modules/
else
  exec '${npm}' "$@"
fi
`,
  );
  await chmod(join(bin, 'npm'), 0o755);
  return {
    dir,
    environment: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    remove: () => rm(folder, { recursive: true }),
  };
}
