// Runs before every npm script that needs dependencies, so that a fresh clone needs no separate install step.
// Plain JavaScript on purpose: nothing is installed yet when it runs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE_MAJOR = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}/node_modules/.installed-from`;

const nodeMajor = Number(process.versions.node.split('.')[0]);
if (nodeMajor < OLDEST_NODE_MAJOR) {
  console.error(
    `Node ${process.versions.node} is too old: this project needs Node ${OLDEST_NODE_MAJOR} or newer.`,
  );
  process.exit(1);
}

const wanted = createHash('sha256')
  .update(readFileSync(`${root}/package.json`))
  .update(readFileSync(`${root}/package-lock.json`))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';

if (installed !== wanted) {
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
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
