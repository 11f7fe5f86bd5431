// `node scripts/run.mjs NAME [options]`: every npm script. It installs what is missing, then runs
// the command of scripts/commands/NAME.ts. Plain JavaScript, because in a fresh clone nothing is
// installed when it begins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { languageOf } from './lib/language-of.cjs';
import { npmCli } from './lib/npm-cli.cjs';

const OLDEST_NODE_MAJOR = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
/** @param {Record<'zh' | 'en', string>} both */
const text = (both) => both[languageOf(process.env)];

requireNode();
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

const [name, ...args] = process.argv.slice(2);
const isHelp = name === '--help' || name === '-h';
if (name !== undefined && !isHelp && !Object.hasOwn(scripts, name)) {
  const names = Object.keys(scripts).join(', ');
  console.error(
    text({
      zh: `没有命令“${name}”。\n\n命令：${names.replaceAll(', ', '、')}。`,
      en: `There is no command "${name}".\n\nCommands: ${names}.`,
    }),
  );
  process.exit(2);
}
installDependencies();
if (!require.extensions['.ts']) await import('tsx');
const { listCommands, runCommand } = require('./lib/command-line.ts');
const { watchOutput } = require('./lib/process-end.ts');

if (name !== undefined && !isHelp) {
  await runCommand(load(name), args);
} else {
  watchOutput((error) => console.error(error.message));
  const list = listCommands(Object.keys(scripts).map(load));
  if (isHelp) console.log(list);
  else console.error(list);
  process.exitCode = isHelp ? 0 : 2;
}

/** @param {string} command as npm knows it; a colon is not allowed in file names everywhere */
function load(command) {
  return require(`./commands/${command.replaceAll(':', '-')}.ts`).command;
}

function requireNode() {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) >= OLDEST_NODE_MAJOR) return;
  console.error(
    text({
      zh: `Node ${node} 太旧：本项目需要 Node ${OLDEST_NODE_MAJOR} 或更新的版本。`,
      en: `Node ${node} is too old: this project needs Node ${OLDEST_NODE_MAJOR} or newer.`,
    }),
  );
  process.exit(1);
}

function installDependencies() {
  const stamp = `${root}/node_modules/.installed-from`;
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}/package-lock.json`))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error(
    text({
      zh: '正在安装依赖（只在锁文件变化时）...',
      en: 'Installing dependencies (only when the lockfile has changed) ...',
    }),
  );
  // Every native dependency ships its binary inside its own package: no install script has to run.
  const npm = spawnSync(
    process.execPath,
    [
      npmCli(), 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund',
      '--loglevel=error',
    ], // prettier-ignore
    { cwd: root, stdio: 'inherit' },
  );
  if (npm.status !== 0) {
    console.error(
      text({
        zh: '\n安装失败，原因见上。npm 源须能访问一次，之后都可以离线。',
        en:
          '\nInstalling failed: see the lines above. The npm registry must be reachable once;\n' +
          'after that everything runs offline.',
      }),
    );
    process.exit(1);
  }
  rmSync(stamp, { force: true });
  writeFileSync(stamp, wanted);
}
