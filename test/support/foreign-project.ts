/**
 * A mini program that has nothing to do with this project, and what its owner does to it: npm, 构建
 * npm, the commands of the packages. Nothing reaches the network.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { npmCli } from '../../scripts/lib/npm-cli.cjs';
import { root } from '../../scripts/project/root';
import { runFile, type ScriptResult } from './run-script';

/** Where `npm run compile-check` installs miniprogram-ci. */
const COMPILER = `${root}/node_modules/.cache/compile-check`;

export const hasCompiler = existsSync(join(COMPILER, '.installed-from'));

export interface ForeignProject {
  /** A path with a space, Chinese characters and a `#` in it, as people have them. */
  readonly dir: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  read(file: string): Promise<string>;
  /**
   * `npm install` of packed files and of packages that are here, in a folder of the project, with flags. Real, for a
   * package without dependencies; others are unpacked, and what they depend on is linked: it can't be
   * had without a network.
   */
  install(folder: string, wanted: readonly string[]): Promise<void>;
  /** 工具 → 构建 npm: miniprogram-ci, else a copy of the folder, which is what that makes. */
  buildNpm(): Promise<void>;
  /** A command of `wechat-cloud-local`, to its end. */
  run(command: string, ...args: readonly string[]): Promise<ScriptResult>;
  /** One that serves, until it is closed. Resolves to its address. */
  serve(command: string, ...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export async function makeForeignProject(
  files: Readonly<Record<string, string>>,
): Promise<ForeignProject> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'foreign-')));
  const dir = join(folder, '我的 茶馆 #1');
  const running: ChildProcess[] = [];
  const place = (file: string): string => join(dir, file);
  const bin = (command: string): string =>
    place(`node_modules/wechat-cloud-local/bin/${command}.js`);
  const project: ForeignProject = {
    dir,
    async write(some) {
      for (const [file, text] of Object.entries(some)) {
        await mkdir(dirname(place(file)), { recursive: true });
        await writeFile(place(file), text);
      }
    },
    read: (file) => readFile(place(file), 'utf8'),
    async install(where, wanted) {
      await mkdir(place(where), { recursive: true });
      const flags = wanted.filter((one) => one.startsWith('-'));
      const packed = wanted.filter((one) => one.endsWith('.tgz'));
      for (const file of packed) {
        if (file.includes('wechat-cloud-local')) await unpack(place(where), file);
        else await npmInstall(place(where), [...flags, file]);
      }
      // After npm, which removes what it did not install.
      const others = wanted.filter((one) => !flags.includes(one) && !packed.includes(one));
      for (const one of others) await link(place(where), one.replace(/(?<=.)@.*$/, ''));
    },
    async buildNpm() {
      const from = place('miniprogram');
      if (!hasCompiler) {
        const name = 'wechat-cloud-session';
        const target = join(from, 'miniprogram_npm', name);
        await cp(join(from, 'node_modules', name, 'miniprogram'), target, { recursive: true });
        return;
      }
      const ci = createRequire(join(COMPILER, 'package.json')).resolve('miniprogram-ci');
      const options = { packageJsonPath: join(from, 'package.json'), miniprogramNpmDistDir: from };
      const code = `require(${JSON.stringify(ci)}).packNpmManually(${JSON.stringify(options)})
        .then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });`;
      const { exitCode, output } = await runFile(['-e', code], folder, { HOME: folder });
      if (exitCode !== 0) throw new Error(output);
    },
    run: (command, ...args) => runFile([bin(command), ...args], dir),
    async serve(command, ...args) {
      const child = spawn(process.execPath, [bin(command), ...args], {
        cwd: dir,
        env: { PATH: process.env['PATH'] ?? '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      const said: string[] = [];
      child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
      for await (const line of createInterface(child.stdout)) {
        const [, url] = /ready on (http:\S+)/.exec(line) ?? [];
        if (url !== undefined) {
          child.stdout.resume();
          return url;
        }
        said.push(line);
      }
      throw new Error(`${command} ended: ${said.join('\n')}`);
    },
    async remove() {
      for (const child of running) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      }
      await rm(folder, { recursive: true });
    },
  };
  await project.write(files);
  return project;

  async function npmInstall(cwd: string, wanted: readonly string[]): Promise<void> {
    const args = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted];
    const cache = { npm_config_cache: join(folder, 'npm-cache') };
    const { exitCode, output } = await runFile([npmCli(), ...args], cwd, cache);
    if (exitCode !== 0) throw new Error(output);
  }

  async function unpack(cwd: string, file: string): Promise<void> {
    const away = join(folder, 'unpacked');
    await mkdir(away);
    // Its dependency alone is not to be had: what npm unpacks is the same.
    const code = `require('tar').x({ file: ${JSON.stringify(file)}, cwd: ${JSON.stringify(away)} })
      .then(() => process.exit(0));`;
    // npm's own.
    const npm = join(dirname(npmCli()), '..');
    const { exitCode, output } = await runFile(['-e', code], npm);
    if (exitCode !== 0) throw new Error(output);
    const target = join(cwd, 'node_modules/wechat-cloud-local');
    await mkdir(dirname(target), { recursive: true });
    await cp(join(away, 'package'), target, { recursive: true });
    const { dependencies } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) await link(cwd, name);
  }

  async function link(cwd: string, name: string): Promise<void> {
    const target = join(cwd, 'node_modules', name);
    await mkdir(dirname(target), { recursive: true });
    await symlink(join(root, 'node_modules', name), target, 'junction');
  }
}
