/** What is uploaded. `npm test` has built it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../../scripts/build/functions';
import { createIncremental } from '../../../scripts/build/incremental';
import { buildMiniprogram } from '../../../scripts/build/miniprogram';
import { createPublisher } from '../../../scripts/build/publisher';
import { readResources, type FunctionResource } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';

const { functions: described } = readResources(`${root}/cloudfunctions/resources.json`);
const functions = readdirSync(`${root}/dist/cloudfunctions`);
const miniprogram = readdirSync(`${root}/dist/miniprogram`, { recursive: true, encoding: 'utf8' });

const FUNCTION: FunctionResource = {
  name: 'a',
  description: 'A function.',
  runtime: 'Nodejs20.19',
  memoryMb: 256,
  timeoutSeconds: 5,
  variables: { SIGN_IN_METHODS: 'wechat,phone' },
  permissions: { openapi: [] },
  sessions: 'checks',
};

/** What a function answers to a call from nobody, where it is not the contract's `NO_IDENTITY`. */
const REFUSAL: Record<string, object> = {
  gateway: { statusCode: 404, headers: { 'content-type': 'application/problem+json' } },
};

test('every function of the project is built', () => {
  const sources = readdirSync(`${root}/cloudfunctions`).filter((name) =>
    existsSync(`${root}/cloudfunctions/${name}/index.ts`),
  );
  expect(sources).toEqual(
    expect.arrayContaining(['login', 'logout', 'session', 'sweep', 'note', 'account', 'gateway']),
  );
  expect(functions.sort()).toEqual(sources.sort());
});

describe.each(functions)('the function %s', (name) => {
  test('runs with nothing but its own files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'alone-'));
    try {
      cpSync(`${root}/dist/cloudfunctions/${name}`, folder, { recursive: true });
      const script = `require('./index.js').main({}, {}).then((reply) => process.stdout.write('reply:' + JSON.stringify(reply)))`;
      const env = {
        PATH: process.env['PATH'] ?? '',
        TENCENTCLOUD_RUNENV: 'SCF',
        SCF_NAMESPACE: 'e',
        TENCENTCLOUD_REGION: 'r',
      };
      const output = execFileSync(process.execPath, ['-e', script], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
      const reply: unknown = JSON.parse(output.split('reply:').at(-1) ?? '');
      expect(reply).toMatchObject(REFUSAL[name] ?? { ok: false, code: 'NO_IDENTITY' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('takes along nothing of the tools', () => {
    const folder = `${root}/dist/cloudfunctions/${name}`;
    const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'));
    const code = scripts.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
    expect(code).not.toMatch(/\bajv\b|commander\./);
  });

  test('has the two files that DevTools reads', () => {
    const read = (file: string): unknown =>
      JSON.parse(readFileSync(`${root}/dist/cloudfunctions/${name}/${file}`, 'utf8'));
    const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
      version: string;
    };
    expect(read('package.json')).toMatchObject({ name, version, main: 'index.js' });
    expect(read('package.json')).not.toHaveProperty('dependencies');
    expect(read('config.json')).toMatchObject({
      permissions: described.find((resource) => resource.name === name)?.permissions,
      timeout: expect.any(Number),
    });
  });
});

describe('the mini program', () => {
  test('has no source and no settings of the build in it, and nothing made of declarations', () => {
    expect(miniprogram.filter((file) => /\.ts$|tsconfig|\.d\./.test(file))).toEqual([]);
  });

  test('is built file by file: the session has one state for all pages', () => {
    const home = readFileSync(`${root}/dist/miniprogram/pages/home/index.js`, 'utf8');
    expect(home).toContain('require("../../session/index")');
    expect(home).not.toContain('callFunction');
  });

  test('takes nothing of the functions along', () => {
    const scripts = miniprogram.filter((file) => file.endsWith('.js'));
    const all = scripts
      .map((file) => readFileSync(`${root}/dist/miniprogram/${file}`, 'utf8'))
      .join('\n');
    expect(all).not.toContain('cloudfunctions/');
    expect(all).not.toContain('wx-server-sdk');
  });
});

describe('what is built of sources', () => {
  const esbuild = createIncremental();
  afterEach(async () => {
    await esbuild.close();
    removeMiniprograms();
  });

  test('of a mini program has the ways in that the functions offer, and no declarations', async () => {
    const source = writeFolder({
      'config.ts': 'export const ways = process.env.SIGN_IN_METHODS;',
      'environment.d.ts': 'declare const process: { env: { SIGN_IN_METHODS?: string } };',
    });
    const built = join(source, 'built');
    const files = await buildMiniprogram(esbuild, {
      dir: source,
      outDir: built,
      signInMethods: ['wechat', 'phone'],
    });
    await createPublisher(built).publish(files, []);
    expect(files.map(({ path }) => path)).toEqual(['miniprogram/config.js']);
    expect(createRequire(__filename)(join(built, 'miniprogram/config.js'))).toEqual({
      ways: 'wechat,phone',
    });
  });

  test('of a function says which open interfaces it may call, and its variables', async () => {
    const source = writeFolder({ 'a/index.ts': 'export {};' });
    const resource = { ...FUNCTION, permissions: { openapi: ['phonenumber.getPhoneNumber'] } };
    const files = await buildFunctions(esbuild, {
      dir: source,
      functions: [resource],
      version: '1.0.0',
      outDir: join(source, 'built'),
    });
    const config = files.find(({ path }) => path === 'cloudfunctions/a/config.json');
    expect(JSON.parse(Buffer.from(config?.content ?? '').toString())).toEqual({
      permissions: { openapi: ['phonenumber.getPhoneNumber'] },
      envVariables: { SIGN_IN_METHODS: 'wechat,phone' },
      memorySize: 256,
      timeout: 5,
    });
  });
});
