/** Somebody else's mini program in the preview: its function, its collection, a change of a page. */
import { afterAll, expect } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOtherStack } from '../../scripts/stack';
import { browserTest, openTab } from '../support/browser';
import { removeMiniprograms, writeMiniprogram } from '../support/miniprogram-folder';

afterAll(removeMiniprograms);

const ADD = `exports.main = async ({ name }) => {
  if (name === undefined) throw new Error('a name, please');
  const { URL } = JSON.parse(process.env.TCB_CONTEXT_CNFG);
  const data = [JSON.stringify({ name, at: { $date: '2026-01-02T03:04:05Z' }, size: { w: 1 } })];
  const body = JSON.stringify({ action: 'database.insertDocument', collectionName: 'books', data });
  return (await fetch(URL, { method: 'POST', body })).json();
};`;

const PAGE = `Page({
  add() { wx.cloud.callFunction({ name: 'add', data: { name: 'A book' } }); },
  fail() { wx.cloud.callFunction({ name: 'add', data: {} }).catch(() => {}); },
  ask() { wx.cloud.database().collection('books').get(); },
})`;

browserTest('calls its function, shows what it wrote and why it failed, and follows', async () => {
  const miniprogramDir = writeMiniprogram({
    'app.js': 'App({ onLaunch() { wx.cloud.init() } })',
    'pages/home/index.js': PAGE,
    'pages/home/index.wxml': `<button class="add" bindtap="add">add</button>
      <button class="fail" bindtap="fail">fail</button><button class="ask" bindtap="ask">ask</button>`,
    'cloud/add/index.js': ADD,
  });
  const before = await readdir(miniprogramDir, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'another-app-'));
  const stack = await startOtherStack({
    project: { id: 'shop-1', title: 'Shop', appid: 'wx1' },
    miniprogramDir,
    functionsDir: join(miniprogramDir, 'cloud'),
    collections: ['books'],
    dataDir,
  });
  try {
    const { page, errors } = await openTab();
    await page.goto(stack.url);
    const phone = page.frameLocator('iframe[src*="phone=A"]');
    await phone.locator('[data-class~="add"]').click();

    const document = page.locator('.document');
    await document.click();
    await expect(document.locator('.part').allInnerTexts()).resolves.toEqual([
      expect.stringMatching(/^_id\s+\w{32}$/),
      expect.stringMatching(/^name\s+A book$/),
      expect.stringMatching(/^at\s+.*2026/),
      expect.stringMatching(/^size/),
    ]);
    expect(await page.locator('[data-collection="books"]').innerText()).toMatch(/^books\s+1$/);
    expect(await page.locator('h1').innerText()).toBe('Shop');
    expect(await page.locator('.web-screen').count()).toBe(0);

    await phone.locator('[data-class~="fail"]').click();
    const failed = page.locator('[data-function="add"][data-code="-504002"]');
    expect(await failed.locator('.call__error').innerText()).toBe('Error: a name, please');
    await failed.locator('summary').click();
    expect(await failed.locator('pre').innerText()).toContain('index.js:2');

    await phone.locator('[data-class~="ask"]').click();
    const asked = page.locator('[data-function=""][data-code="OK"]');
    expect(await asked.innerText()).toContain('getDocument books');

    await page.locator('.filter').fill('{"name":"Another"}');
    await page.locator('.documents .empty').waitFor();
    await page.locator('.filter').fill('{"name":');
    await page.locator('.documents .notice').waitFor();
    await page.locator('.filter').fill('a BOOK');
    await document.waitFor();

    expect(await readdir(miniprogramDir, { recursive: true })).toEqual(before);
    await writeFile(join(miniprogramDir, 'pages/home/index.wxml'), '<view class="new">new</view>');
    await stack.refresh();
    await page.reload();
    await phone.locator('[data-class~="new"]').waitFor();
    expect(errors).toEqual([]);
    await page.goto('about:blank');
  } finally {
    await stack.close();
    await rm(dataDir, { recursive: true });
  }
});
