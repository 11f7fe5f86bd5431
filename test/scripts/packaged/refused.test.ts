/** What the packed commands refuse, in a small project: a sentence, the exit code, nothing written. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeForeignProject, type ForeignProject } from '../../support/foreign-project';
import { runScript } from '../../support/run-script';

let foreign: ForeignProject;
let packages: string;

beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), 'packages-'));
  const packed = await runScript('pack', ['--no-build', '--out', packages]);
  if (packed.exitCode !== 0) throw new Error(packed.output);
  foreign = await makeForeignProject({
    'project.config.json': '{ "cloudfunctionRoot": "cloudfunctions/" }',
    'app.json': '{ "pages": ["index"] }',
    'app.js': 'App({});',
    'index.js': 'Page({});',
    'index.wxml': '<view>tea</view>',
    'cloudfunctions/hello/index.js': 'exports.main = async () => "hello";',
  });
  const files = await readdir(packages);
  await foreign.install(
    '.',
    files.filter((file) => file.includes('local')).map((file) => join(packages, file)),
  );
});
afterAll(async () => {
  await foreign.remove();
  await rm(packages, { recursive: true });
});

describe('nothing is done, and a sentence says why,', () => {
  const served = ['--port', '0', '--cloud-port', '0'];

  test.each([
    ['doctor', []],
    ['init', ['--force']],
    ['local-cloud', ['--port', '0']],
    ['preview', served],
  ])('by %s in a folder that is not there', async (command, options) => {
    const before = await readdir(foreign.dir, { recursive: true });
    const path = join(foreign.dir, 'nowhere');
    const { exitCode, stdout, stderr } = await foreign.run(
      command,
      '--project',
      'nowhere',
      ...options,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(`There is no folder ${path}.`);
    expect(await readdir(foreign.dir, { recursive: true })).toEqual(before);
  });

  test('by doctor --json in a folder that is not there', async () => {
    const { exitCode, stdout } = await foreign.run('doctor', '--json', '--project', 'nowhere');
    expect({ exitCode, ...(JSON.parse(stdout) as object) }).toMatchObject({
      exitCode: 2,
      ok: false,
      error: { kind: 'usage', message: `There is no folder ${join(foreign.dir, 'nowhere')}.` },
    });
  });

  test('where another local cloud keeps its data', async () => {
    const data = join(foreign.dir, 'data-in-use');
    const url = await foreign.serve('local-cloud', '--port', '0', '--data', data);
    const taken = new URL(url).port;
    const sentence = `${data} is in use by another local cloud: stop that one, or choose another folder with --data.\n`;
    const refused = { exitCode: 1, stdout: '', stderr: sentence };
    expect(await foreign.run('local-cloud', '--port', '0', '--data', data)).toMatchObject(refused);
    expect(await foreign.run('preview', ...served, '--data', data)).toMatchObject(refused);
    // Nor is a folder made for what can't be served.
    const others = ['--data', 'not-made'];
    for (const [command, options, flag] of [
      ['local-cloud', ['--port', taken], '--port'],
      ['preview', ['--port', taken, '--cloud-port', '0'], '--port'],
      ['preview', ['--port', '0', '--cloud-port', taken], '--cloud-port'],
    ] as const) {
      const { exitCode, output } = await foreign.run(command, ...options, ...others);
      expect(exitCode).toBe(1);
      expect(output).toMatch(new RegExp(`^Port ${taken} is in use: .* with ${flag}\\.\n$`));
    }
    expect(await readdir(foreign.dir)).not.toContain('not-made');
  });

  test('where data can’t be kept, or both ports are one', async () => {
    const data = ['--data', 'project.config.json'];
    const sentence = `The data cannot be kept in ${foreign.dir}/project.config.json (`;
    for (const [command, options] of [
      ['local-cloud', ['--port', '0']],
      ['preview', served],
    ] as const) {
      const { exitCode, stdout, stderr } = await foreign.run(command, ...options, ...data);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain(sentence);
    }
    const both = await foreign.run('preview', '--port', '7139', '--cloud-port', '7139');
    expect(both).toMatchObject({ exitCode: 2, stdout: '' });
    expect(both.stderr).toMatch(/^--port and --cloud-port must not be the same\./);
  });
});

test('doctor examines a project with folders where files belong, and files missing', async () => {
  await foreign.write({
    'odd/project.config.json': '{ "cloudfunctionRoot": "functions" }',
    'odd/functions/tea/index.js/leaf': '',
    'odd/node_modules/wechat-cloud-session/package.json': '{ "version": "1.0.0" }',
    'odd/miniprogram_npm/wechat-cloud-session/index.js': '',
  });
  const { exitCode, output } = await foreign.run('doctor', '--project', 'odd');
  expect(exitCode).toBe(1);
  expect(output).toContain('wechat-cloud-session is not installed');
});
