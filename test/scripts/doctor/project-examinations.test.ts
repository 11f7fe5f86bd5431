/** What the doctor finds without a network, in a project that is broken in one way at a time. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unknownPermissions } from '../../../scripts/doctor/policy';
import { projectExaminations } from '../../../scripts/doctor/project-examinations';
import { BUILT_AT } from '../../../scripts/project/built-dir';
import { readResources } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';

const BUNDLES = 'dist/cloudfunctions';
const PARTS = ['cloudfunctions', 'miniprogram', 'dist/miniprogram', BUNDLES];
let whole: string;
let project: string;

beforeAll(() => {
  whole = mkdtempSync(join(tmpdir(), 'doctor-'));
  project = join(whole, 'project');
});
afterAll(() => rmSync(whole, { recursive: true }));
beforeEach(() => {
  rmSync(project, { recursive: true, force: true });
  for (const part of PARTS) {
    // Of the bundles, which are big, only that they are there matters.
    const filter = (file: string): boolean => !file.endsWith('.js') || part !== BUNDLES;
    cpSync(`${root}/${part}`, join(project, part), { recursive: true, filter });
  }
  for (const name of readdirSync(join(project, BUNDLES))) {
    writeFileSync(join(project, BUNDLES, name, 'index.js'), '');
  }
  cpSync(`${root}/project.config.json`, join(project, 'project.config.json'));
  edit('project.config.json', 'touristappid', 'wx0123456789abcdef');
  edit('miniprogram/config.ts', 'your-env-id', 'prod-1g2h3i');
  age('miniprogram/config.ts', -60);
  writeFileSync(join(project, 'dist', BUILT_AT), String(Date.now() + 5_000));
});

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(project, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  writeFileSync(join(project, file), text.replace(from, to));
}

function age(file: string, seconds: number): void {
  const at = Date.now() / 1000 + seconds;
  utimesSync(join(project, file), at, at);
}

async function examine(environment: Record<string, string> = {}, node = '20.1.0') {
  const findings = [];
  for (const { name, find } of projectExaminations(project, environment, node)) {
    for (const finding of await find()) findings.push({ name, ...finding });
  }
  return findings;
}

test('a project that is filled in and built has nothing wrong', async () => {
  expect(await examine()).toEqual([]);
});

test('files as editors on Windows write them are read', async () => {
  const files = ['project.config.json', 'cloudfunctions/resources.json', 'miniprogram/config.ts'];
  for (const file of files) {
    const path = join(project, file);
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`);
    age(file, -60);
  }
  expect(await examine()).toEqual([]);
});

test('a document that is newer than what was built is no reason to build', async () => {
  age('cloudfunctions/README.md', 60);
  expect(await examine()).toEqual([]);
});

describe('it finds', () => {
  const only = async (environment?: Record<string, string>, node?: string) => {
    const findings = await examine(environment, node);
    expect(findings).toHaveLength(1);
    return findings[0];
  };

  test('an old Node', async () => {
    expect(await only({}, '18.20.0')).toMatchObject({
      name: 'Node',
      problem: 'This is Node 18.20.0.',
    });
  });

  test('the placeholder of the appid, and what is not an appid', async () => {
    edit('project.config.json', 'wx0123456789abcdef', 'touristappid');
    expect(await only()).toMatchObject({ problem: 'The appid is still the placeholder.' });
    edit('project.config.json', 'touristappid', 'wx012');
    expect(await only()).toMatchObject({
      problem: expect.stringContaining('"wx012" is not an appid'),
    });
  });

  test('the placeholder of the environment', async () => {
    edit('miniprogram/config.ts', 'prod-1g2h3i', 'your-env-id');
    age('miniprogram/config.ts', -60);
    expect(await only()).toMatchObject({ fix: expect.stringContaining('云开发控制台') });
  });

  test('a setting of DevTools that compiles what is compiled', async () => {
    edit('project.config.json', '"es6": false', '"es6": true');
    expect(await only()).toMatchObject({ problem: 'project.config.json has setting.es6 = true.' });
  });

  test('the same in the private settings, and what is no JSON there', async () => {
    const file = join(project, 'project.private.config.json');
    writeFileSync(file, '{ "setting": { "es6": true } }');
    expect(await only()).toMatchObject({ name: 'DevTools settings' });
    writeFileSync(file, '{ // mine\n}');
    expect(await only()).toMatchObject({ problem: expect.stringContaining('is not JSON') });
  });

  test('what was not built', async () => {
    rmSync(join(project, 'dist'), { recursive: true });
    expect((await examine()).map(({ problem }) => problem)).toEqual([
      'dist/miniprogram/app.js is not there: nothing was built.',
      'dist/cloudfunctions/login/index.js is not there: nothing was built.',
    ]);
  });

  test('what was built before the source was changed', async () => {
    age('miniprogram/app.ts', 60);
    expect(await only()).toMatchObject({
      problem: 'miniprogram/app.ts is newer than what was built.',
    });
  });

  test('a function that lost a file', async () => {
    rmSync(join(project, 'dist/cloudfunctions/logout/config.json'));
    expect(await only()).toMatchObject({ problem: expect.stringContaining('logout/config.json') });
  });

  test('a package over 2 MB', async () => {
    writeFileSync(join(project, 'dist/miniprogram/big.png'), Buffer.alloc(2.1 * 1024 * 1024));
    expect(await only()).toMatchObject({ problem: expect.stringContaining('WeChat takes 2 MB') });
  });

  test('no package over 2 MB where only the source maps make it one', async () => {
    const map = Buffer.alloc(2.1 * 1024 * 1024, 'a').toString();
    const code = `App({});\n//# sourceMappingURL=data:application/json;base64,${map}\n`;
    writeFileSync(join(project, 'dist/miniprogram/big.js'), code);
    expect(await examine()).toEqual([]);
  });

  test('a policy that stops the functions', async () => {
    edit(
      'cloudfunctions/resources.json',
      '"variables": {}',
      '"variables": { "SESSIONS_PER_USER": "17" }',
    );
    age('cloudfunctions/resources.json', -60);
    const findings = await examine();
    expect(findings).toHaveLength(readdirSync(join(project, BUNDLES)).length);
    expect(findings[0]).toMatchObject({
      problem: expect.stringContaining('SESSIONS_PER_USER must be'),
    });
  });

  test('a policy that is not the same for all functions', async () => {
    edit(
      'cloudfunctions/resources.json',
      '"description": "Signs the caller in."',
      '"description": "Signs the caller in.", "variables": { "SESSIONS_PER_USER": "3" }',
    );
    age('cloudfunctions/resources.json', -60);
    expect(await only()).toMatchObject({
      problem: expect.stringContaining('do not have the same policy: login differ from'),
    });
  });

  test('phone numbers without a key that is long enough', async () => {
    const file = join(project, 'cloudfunctions/resources.json');
    const { functions, collections } = readResources(file);
    const [login, ...others] = functions.map((resource) => ({
      ...resource,
      variables: { SIGN_IN_METHODS: 'wechat,phone' },
    }));
    const content = {
      functions: [{ ...login, secretVariables: 'IDENTITY_' }, ...others],
      collections,
    };
    writeFileSync(file, JSON.stringify(content));
    age('cloudfunctions/resources.json', -60);
    const problem = /^login.* would not start: SIGN_IN_METHODS offers phone, and IDENTITY_KEY /;
    expect(await only()).toMatchObject({
      name: 'phone numbers',
      problem: expect.stringMatching(problem),
      fix: expect.stringContaining('crypto.randomBytes(32)'),
    });
    expect(await only({ IDENTITY_KEY: 'a'.repeat(31) })).toMatchObject({
      problem: expect.stringContaining('has 31 characters'),
    });
    expect(await examine({ IDENTITY_KEY: 'a'.repeat(32) })).toEqual([]);
  });

  test('a description of resources that is none', async () => {
    writeFileSync(join(project, 'cloudfunctions/resources.json'), '{}');
    age('cloudfunctions/resources.json', -60);
    expect(await only()).toMatchObject({ name: 'resources' });
  });

  test('a gateway without the secret of its app', async () => {
    expect(
      await only({
        GATEWAY_APPS: 'main',
        GATEWAY_MAIN_PLATFORM: 'wechat',
        GATEWAY_MAIN_APPID: 'wx1',
      }),
    ).toMatchObject({ problem: expect.stringContaining('GATEWAY_MAIN_SECRET is missing') });
  });
});

test('what no API tells is said where phone numbers are asked for', () => {
  const file = join(project, 'cloudfunctions/resources.json');
  const { functions, collections } = readResources(file);
  const permissions = { openapi: ['phonenumber.getPhoneNumber'] };
  const login = { ...functions[0], permissions };
  const write = (variables: object): void =>
    writeFileSync(file, JSON.stringify({ functions: [{ ...login, variables }], collections }));
  write({});
  expect(unknownPermissions(file)).toEqual([]);
  write({ SIGN_IN_METHODS: 'wechat,phone' });
  expect(unknownPermissions(file)).toEqual([
    expect.stringMatching(/^login calls phonenumber.getPhoneNumber\..*-604101.*上传并部署/),
  ]);
  writeFileSync(file, '{');
  expect(unknownPermissions(file)).toEqual([]);
});
