/**
 * ADOPTING.md, done: its commands and files are applied to a mini program that has nothing to do
 * with this project, which then signs people in. Nothing is added that the document does not say.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/project/root';
import { browserTest, openPreview } from '../support/browser';
import { makeFreshCopy, type FreshCopy } from '../support/fresh-copy';
import { openCloud } from '../support/local-cloud';
import { LIN, ZHOU } from '../support/people';

interface Step {
  language: string;
  /** Where the text goes; a command has none. */
  file: string | undefined;
  text: string;
}

/** What the foreign mini program was before. */
const BEFORE: Record<string, string> = {
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
const COLLECTIONS = ['sessions', 'orders'];

let foreign: string;
/** This project, as it was cloned to take from. */
let kit: FreshCopy;

const stepsOf = (document: string): Step[] =>
  [...document.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', file, text = '']) => ({ language, file, text }),
  );

async function write(files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(foreign, file)), { recursive: true });
    await writeFile(join(foreign, file), text);
  }
}

beforeAll(async () => {
  foreign = await mkdtemp(join(tmpdir(), 'foreign-'));
  kit = await makeFreshCopy();
  await write(BEFORE);
  const steps = stepsOf(await readFile(`${root}/cloudfunctions/ADOPTING.md`, 'utf8'));
  for (const { language, file, text } of steps) {
    if (file !== undefined) await write({ [file]: text });
    else if (language === 'sh') {
      const env = { ...kit.environment, KIT: kit.dir };
      execFileSync('sh', ['-euc', text], { cwd: foreign, env });
    }
  }
});
afterAll(async () => {
  await rm(foreign, { recursive: true });
  await kit.remove();
});

test('both languages say the same steps', async () => {
  const [en, zh] = await Promise.all(
    ['ADOPTING.md', 'ADOPTING.zh-CN.md'].map(async (name) =>
      stepsOf(await readFile(`${root}/cloudfunctions/${name}`, 'utf8')),
    ),
  );
  expect(zh).toEqual(en);
  expect(en?.length).toBeGreaterThan(8);
});

test('what is taken along is a part: nothing of the example app', async () => {
  const taken = await readdir(join(foreign, 'miniprogram/wechat-session'), { recursive: true });
  expect(taken.filter((file) => /note|profile|devices\//.test(file))).toEqual([]);
});

describe('the foreign functions', () => {
  test('sign in, protect a function of their own, and sign out', async () => {
    const cloud = await openCloud({
      functionsDir: join(foreign, 'cloudfunctions'),
      collections: COLLECTIONS,
    });
    try {
      expect(await cloud.call('orders', LIN, { action: 'list' })).toMatchObject({ ok: false });
      const login = await cloud.call('login', LIN, {});
      const { sessionToken } = login as { sessionToken: string };
      const add = { action: 'add', title: 'tea', sessionToken };
      expect(await cloud.call('orders', LIN, add)).toEqual({ ok: true, orders: ['tea'] });
      expect(await cloud.call('orders', ZHOU, add)).toMatchObject({ ok: false });
      await cloud.call('logout', LIN, { sessionToken });
      expect(await cloud.call('orders', LIN, add)).toMatchObject({ code: 'SESSION_MISSING' });
      expect(await cloud.callRaw('hello', LIN, {})).toMatchObject({ result: 'hello' });
    } finally {
      await cloud.close();
    }
  });
});

browserTest(
  'the foreign mini program asks to sign in, carries on, and forgets on signing out',
  async () => {
    const preview = await openPreview(
      undefined,
      {},
      {
        miniprogramDir: join(foreign, 'miniprogram'),
        functionsDir: join(foreign, 'cloudfunctions'),
        collections: COLLECTIONS,
      },
    );
    try {
      const phone = preview.phone('A');
      await phone.locator('.add').click();
      await phone.locator('.agree:visible').click();
      await phone.locator('.sheet-sign-in:visible').click();
      await phone.locator('.order').waitFor();
      expect(await phone.locator('.order').allInnerTexts()).toEqual(['tea']);
      expect(await phone.locator('.status').innerText()).toBe('signedIn');
      await phone.locator('.sign-out').click();
      await phone.locator('.order').waitFor({ state: 'detached' });
      expect(preview.errors).toEqual([]);
    } finally {
      await preview.close();
    }
  },
);
