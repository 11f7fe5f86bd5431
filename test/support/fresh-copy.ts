/** The project as somebody has it who has just cloned it: nothing installed, nothing built. */
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { npmCli } from '../../scripts/lib/npm-cli.cjs';
import { root } from '../../scripts/project/root';

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
  /** A path with spaces, Chinese characters and a `#` in it, as people have them. */
  readonly dir: string;
  /** For the commands that are run in it. */
  readonly environment: { PATH: string } & Record<`npm_${string}`, string>;
  remove(): Promise<void>;
}

/**
 * `npm ci` links what is installed here, which is what the lockfile names; every other npm command
 * is the real one.
 */
export async function makeFreshCopy(): Promise<FreshCopy> {
  const folder = await mkdtemp(join(tmpdir(), '我的 小程序 #1 '));
  const dir = join(folder, 'project');
  await mkdir(dir);
  for (const name of await readdir(root)) {
    if (!LEFT_BEHIND.has(name)) await cp(join(root, name), join(dir, name), { recursive: true });
  }
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const cli = join(bin, 'npm-cli.js');
  await writeFile(cli, npmThatLinks(`${root}/node_modules`, npmCli()));
  const npm = join(bin, 'npm');
  await writeFile(npm, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  await chmod(npm, 0o755);
  // npm tells the scripts that it runs which npm they are run by, and names itself.
  const shell = join(bin, 'script-shell');
  await writeFile(shell, `#!/bin/sh\nnpm_execpath='${cli}' exec /bin/sh "$@"\n`);
  await chmod(shell, 0o755);
  return {
    dir,
    environment: {
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      npm_execpath: cli,
      npm_config_script_shell: shell,
      // Whatever would install from the network after all fails at once.
      npm_config_offline: 'true',
      npm_config_cache: join(folder, 'npm-cache'),
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

const npmThatLinks = (installed: string, realCli: string): string => `
const { mkdirSync, readdirSync, rmSync, symlinkSync } = require('node:fs');
if (process.argv[2] === 'ci') {
  rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules');
  for (const name of readdirSync(${JSON.stringify(installed)})) {
    if (!name.startsWith('.') || name === '.bin') {
      symlinkSync(${JSON.stringify(installed)} + '/' + name, 'node_modules/' + name);
    }
  }
} else {
  require(${JSON.stringify(realCli)}.replace('bin/npm-cli.js', 'lib/cli.js'))(process);
}
`;
