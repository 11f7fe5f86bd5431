// `node scripts/run.mjs NAME [options]`: what every npm script is. It installs what is missing, then runs scripts/commands/NAME.ts.
// Plain JavaScript on purpose: in a fresh clone nothing is installed yet when it begins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE_MAJOR = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}/node_modules/.installed-from`;
const require = createRequire(import.meta.url);

const [name = '', ...args] = process.argv.slice(2);
// A file can't be called `test:quick` everywhere.
const command = `${root}/scripts/commands/${name.replaceAll(':', '-')}.ts`;
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
if (!Object.hasOwn(scripts, name)) {
  console.error(`There is no command "${name}".\n\nCommands: ${Object.keys(scripts).join(', ')}.`);
  process.exit(2);
}

const nodeMajor = Number(process.versions.node.split('.')[0]);
if (nodeMajor < OLDEST_NODE_MAJOR) {
  console.error(
    `Node ${process.versions.node} is too old: this project needs Node ${OLDEST_NODE_MAJOR} or newer.`,
  );
  process.exit(1);
}
installDependencies();
if (!require.extensions['.ts']) await import('tsx');
process.argv = [process.execPath, command, ...args];
require(command);

function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}/package.json`))
    .update(readFileSync(`${root}/package-lock.json`))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing dependencies (only when the lockfile has changed) ...');
  // Every native dependency ships its binary inside its own package, so no install script has to run.
  const npm = spawnSync(
    'npm',
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
  );
  if (npm.status !== 0) {
    console.error(
      '\nInstalling failed: see the lines above. The npm registry must be reachable once;\nafter that everything runs offline.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
