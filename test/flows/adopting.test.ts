/**
 * ADOPTING.md, done: its commands and files are applied to a mini program that has nothing to do
 * with this project, which then signs people in. Nothing is added that the document does not say.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/project/root';
import { browserTest, openPage } from '../support/browser';
import { hasCompiler, makeForeignProject, type ForeignProject } from '../support/foreign-project';
import { LIN, ZHOU } from '../support/people';
import { runFile, runScript } from '../support/run-script';

interface Step {
  language: string;
  /** Where the text goes; of a command, the folder in which it is run. */
  file: string | undefined;
  text: string;
}

/** What the foreign mini program was before. */
const BEFORE: Record<string, string> = {
  'project.config.json': JSON.stringify({
    appid: 'wx0000000000foreign',
    miniprogramRoot: 'miniprogram/',
    cloudfunctionRoot: 'cloudfunctions/',
  }),
  'miniprogram/package.json': '{ "name": "tea", "version": "1.0.0" }',
  'miniprogram/app.json': '{ "pages": ["pages/index/index", "pages/terms/terms"] }',
  'miniprogram/app.js': "App({ onLaunch() { wx.cloud.init({ env: 'mine' }); } });",
  'miniprogram/app.wxss': '',
  'miniprogram/pages/index/index.js': 'Page({});',
  'miniprogram/pages/index/index.json': '{}',
  'miniprogram/pages/index/index.wxml': '<view>tea</view>',
  'miniprogram/pages/terms/terms.js': 'Page({});',
  'miniprogram/pages/terms/terms.json': '{}',
  'miniprogram/pages/terms/terms.wxml': '<view>terms</view>',
  'cloudfunctions/hello/index.js': 'exports.main = async () => "hello";',
};

let foreign: ForeignProject;
let packages: string;

const stepsOf = (document: string): Step[] =>
  [...document.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', file, text = '']) => ({ language, file, text }),
  );

async function carryOut(command: string, folder: string): Promise<void> {
  const [tool, what = '', ...args] = command.split(' ');
  if (tool === 'npx') {
    const { exitCode, output } = await foreign.run(what, ...args);
    if (exitCode !== 0) throw new Error(output);
    return;
  }
  expect([tool, what]).toEqual(['npm', 'install']);
  const wanted = args.map((arg) => arg.replace('$KIT/dist/packages', packages));
  await foreign.install(folder, wanted);
}

beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), 'packages-'));
  const packed = await runScript('pack', ['--no-build', '--out', packages]);
  if (packed.exitCode !== 0) throw new Error(packed.output);
  foreign = await makeForeignProject(BEFORE);
  const steps = stepsOf(await readFile(`${root}/cloudfunctions/ADOPTING.md`, 'utf8'));
  for (const { language, file = '', text } of steps) {
    if (language !== 'sh') await foreign.write({ [file]: text });
    else for (const line of text.trim().split('\n')) await carryOut(line, file);
  }
  await foreign.buildNpm();
});
afterAll(async () => {
  await foreign.remove();
  await rm(packages, { recursive: true });
});

test('both languages say the same steps', async () => {
  const [en, zh] = await Promise.all(
    ['ADOPTING.md', 'ADOPTING.zh-CN.md'].map(async (name) =>
      stepsOf(await readFile(`${root}/cloudfunctions/${name}`, 'utf8')),
    ),
  );
  expect(zh).toEqual(en);
  expect(en?.length).toBeGreaterThan(7);
});

test('four lines of app.js are the session’s', async () => {
  const before = new Set(['App({', '  onLaunch() {', '  },', '});']);
  const lines = (await foreign.read('miniprogram/app.js')).split('\n');
  const own = lines.filter((line) => /session|require/i.test(line) && !before.has(line));
  expect(own.length).toBeLessThanOrEqual(4);
});

const BUILT = 'miniprogram/miniprogram_npm/wechat-cloud-session';

test('what a mini program loads is a part: nothing of the example app', async () => {
  const taken = await readdir(join(foreign.dir, BUILT), { recursive: true });
  expect(taken).toContain('index.js');
  expect(taken.filter((file) => /note|profile|devices\b/.test(file))).toEqual([]);
});

(hasCompiler ? test : test.skip)('构建 npm copies the folder as it is', async () => {
  const original = 'miniprogram/node_modules/wechat-cloud-session/miniprogram';
  const files = await readdir(join(foreign.dir, original), { recursive: true });
  for (const file of files.filter((name) => /\.(js|json|wxml|wxss)$/.test(name))) {
    const built = await foreign.read(join(BUILT, file));
    expect([file, built]).toEqual([file, await foreign.read(join(original, file))]);
  }
});

test('doctor finds nothing missing', async () => {
  const { exitCode, output } = await foreign.run('doctor', '--json');
  expect({ exitCode, ...(JSON.parse(output) as object) }).toMatchObject({ exitCode: 0, ok: true });
});

test('doctor says that it does not see the cloud, and what is to be looked at there', async () => {
  const { output } = await foreign.run('doctor', '--json');
  const { findings } = JSON.parse(output) as { findings: { kind: string; message: string }[] };
  const unseen = findings.filter(({ kind }) => kind === 'unseen').map(({ message }) => message);
  expect(unseen).toHaveLength(1);
  // Those that were brought, and their owner's that are protected; not the others.
  for (const name of ['login', 'logout', 'session', 'sweep', 'orders'])
    expect(unseen[0]).toMatch(new RegExp(`\\b${name}\\b`));
  expect(unseen[0]).not.toContain('hello');
});

test('its types hold, without those of the SDK and of WeChat', async () => {
  await foreign.write({
    'types/use.ts': `
      import { session, startSession, type SessionState } from 'wechat-cloud-session';
      import { withSession, type SessionErrorCode } from 'wechat-cloud-session/cloud';
      declare module 'wechat-cloud-session' {
        interface Functions {
          orders: { request: { action: 'add'; title: string }; reply: { ok: true; orders: string[] } };
        }
      }
      session.configure({ legalPage: '/pages/terms/terms', texts: { en: { sheet: { title: 'Hi' } } } });
      startSession();
      export async function add(): Promise<string[]> {
        const reply = await session.call('orders', { action: 'add', title: 'tea' });
        return reply.ok ? reply.orders : [];
      }
      export const shown = (state: SessionState): string => state.status;
      export const code: SessionErrorCode = 'SESSION_MISSING';
      export const main = withSession('orders', async ({ account, data }) => ({ ok: true, account, title: String(data['title']) }));
      // @ts-expect-error -- there is no such setting
      session.configure({ legalPages: '' });
      // @ts-expect-error -- there is no such function
      void session.call('teas', {});
    `,
    'types/package.json': '{}',
    'types/tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'ES2018',
        module: 'Node16',
        types: [],
      },
      files: ['use.ts'],
    }),
  });
  await foreign.install('types', [`${packages}/wechat-cloud-session-${await version()}.tgz`]);
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  const { output } = await runFile([tsc, '-p', 'types'], foreign.dir);
  expect(output).toBe('');
});

async function version(): Promise<string> {
  const text = await readFile(`${root}/package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

describe('the foreign functions', () => {
  test('sign in, protect a function of their own, and sign out', async () => {
    const url = await foreign.serve('local-cloud', '--port', '0');
    const call = async (name: string, { openid, appid }: typeof LIN, data: object) => {
      const response = await fetch(`${url}/functions/${name}`, {
        method: 'POST',
        body: JSON.stringify(data),
        headers: { 'x-wx-openid': openid, 'x-wx-appid': appid },
      });
      return ((await response.json()) as { result: unknown }).result;
    };
    expect(await call('orders', LIN, { action: 'list' })).toMatchObject({ ok: false });
    const { sessionToken } = (await call('login', LIN, {})) as { sessionToken: string };
    const add = { action: 'add', title: 'tea', sessionToken };
    expect(await call('orders', LIN, add)).toEqual({ ok: true, orders: ['tea'] });
    expect(await call('orders', ZHOU, add)).toMatchObject({ ok: false });
    await call('logout', LIN, { sessionToken });
    expect(await call('orders', LIN, add)).toMatchObject({ code: 'SESSION_MISSING' });
    expect(await call('hello', LIN, {})).toBe('hello');
  });
});

test('local-cloud gives a collection the permission that it is told, and refuses what is none', async () => {
  const data = join(foreign.dir, 'permission-data');
  const options = ['--permission', 'orders=READONLY', '--permission', 'prices=ADMINWRITE'];
  const url = await foreign.serve('local-cloud', '--port', '0', '--data', data, ...options);
  expect(await (await fetch(`${url}/control`)).json()).toMatchObject({
    permissions: { orders: 'READONLY', prices: 'ADMINWRITE', sessions: 'ADMINONLY' },
  });
  for (const permission of ['orders', 'orders=X']) {
    const wrong = await foreign.run('preview', '--permission', permission);
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/^--permission .*\bREADONLY\b/);
  }
});

browserTest(
  'the foreign mini program asks to sign in, carries on, and forgets on signing out',
  async () => {
    const data = join(foreign.dir, 'other-data');
    const url = await foreign.serve('preview', '--port', '0', '--cloud-port', '0', '--data', data);
    const preview = await openPage(url);
    const phone = preview.phone('A');
    await phone.locator('.add').click();
    await phone.locator('.agree:visible').click();
    await phone.locator('.sheet-sign-in:visible').click();
    await phone.locator('.order').waitFor();
    expect(await phone.locator('.order').allInnerTexts()).toEqual(['tea']);
    expect(await phone.locator('.status').innerText()).toBe('signedIn');
    await phone.locator('.sign-out').click();
    await phone.locator('.order').waitFor({ state: 'detached' });
    // Between the phones is what any cloud holds, under the project's own name.
    const panel = preview.page.locator('.panel');
    for (const name of ['sessions', 'orders'])
      await panel.locator('.collections').getByText(name, { exact: true }).first().waitFor();
    expect(await panel.innerText()).not.toContain('云端的会话');
    // And it follows what is written.
    const page = 'miniprogram/pages/index/index.wxml';
    await foreign.write({ [page]: `${await foreign.read(page)}<view class="added">added</view>` });
    await phone.locator('.added').waitFor();
    expect(preview.errors).toEqual([]);
  },
);
