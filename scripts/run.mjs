// `node scripts/run.mjs NAME [options]`: every npm script. It installs what is missing, then runs
// the command of scripts/commands/NAME.ts. Plain JavaScript, because in a fresh clone nothing is
// installed when it begins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { languageOf } from './lib/language-of.cjs';
import { npmCli } from './lib/npm-cli.cjs';

const OLDEST_NODE_MAJOR = 20;
/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** An exit code above it is that of a signal, as a shell shows it. */
const SIGNALLED = 128;
/** npm passes on a Ctrl-C that the terminal has sent already. */
const SAME_CTRL_C_MS = 500;
/** npm takes no notice of signals while it downloads. What it leaves half done is done anew. */
const NPM_ENDS_MS = 2_000;
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
await installDependencies();
if (!require.extensions['.ts']) await import('tsx');
const { cannotWrite, listCommands, runCommand } = require('./lib/command-line.ts');
const { watchOutput } = require('./lib/process-end.ts');

if (name !== undefined && !isHelp) {
  await runCommand(load(name), args);
} else {
  watchOutput((error) => console.error(cannotWrite(error)));
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

async function installDependencies() {
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
  // Interrupted, what is there is half of what the stamp says.
  rmSync(stamp, { force: true });
  const interrupted = text({ zh: '已中断。', en: 'Interrupted.' });
  let isSaid = false;
  const exitCode = await runNpmCi(() => {
    isSaid = true;
    console.error(interrupted);
  });
  if (exitCode === 0) {
    writeFileSync(stamp, wanted);
    return;
  }
  if (exitCode > SIGNALLED) endWith(exitCode, 'interrupted', interrupted, isSaid);
  endWith(
    1,
    'failure',
    text({
      zh: '安装失败，原因见上。npm 源须能访问一次，之后都可以离线。',
      en:
        'Installing failed: see the lines above. The npm registry must be reachable once;\n' +
        'after that everything runs offline.',
    }),
  );
}

/**
 * Resolves to its exit code; 128 and the number of the signal, if one has ended it or come here.
 *
 * @param {() => void} onSignal called at the first one that comes here
 */
function runNpmCi(onSignal) {
  // Every native dependency ships its binary inside its own package: no install script has to run.
  const args = [
    npmCliOrEnd(), 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund',
    '--loglevel=error',
  ]; // prettier-ignore
  return new Promise((resolve) => {
    // Nothing but the command itself prints to stdout.
    const npm = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', 2, 2] });
    /** @type {NodeJS.Signals | undefined} */
    let endedBy;
    let endedAt = 0;
    /** @type {NodeJS.Timeout | undefined} */
    let patience;
    const killNow = () => npm.kill('SIGKILL');
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      // The second one waits for nothing.
      if (endedBy !== undefined && performance.now() - endedAt > SAME_CTRL_C_MS) killNow();
      if (endedBy !== undefined) return;
      endedBy = signal;
      endedAt = performance.now();
      onSignal();
      patience = setTimeout(killNow, NPM_ENDS_MS);
      // On Windows `kill` ends it at once, and Ctrl-C has reached it.
      if (process.platform !== 'win32' || signal !== 'SIGINT') npm.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, passOn);
    process.once('exit', killNow);
    npm.once('close', (code, signal) => {
      clearTimeout(patience);
      for (const each of SIGNALS) process.off(each, passOn);
      process.off('exit', killNow);
      const by = endedBy ?? signal;
      resolve(by ? SIGNALLED + constants.signals[by] : (code ?? 1));
    });
  });
}

function npmCliOrEnd() {
  try {
    return npmCli();
  } catch (error) {
    return endWith(1, 'failure', /** @type {Error} */ (error).message);
  }
}

/**
 * As a command ends that fails: `lib/json-answer.ts`.
 *
 * @param {number} exitCode
 * @param {'failure' | 'interrupted'} kind
 * @param {string} message
 * @param {boolean} isSaid whether it was printed before
 * @returns {never}
 */
function endWith(exitCode, kind, message, isSaid = false) {
  if (!isSaid) console.error(message);
  if (args.includes('--json')) {
    const failure = { version: 1, ok: false, error: { kind, message } };
    writeFileSync(process.stdout.fd, `${JSON.stringify(failure, undefined, 2)}\n`);
  }
  process.exit(exitCode);
}
