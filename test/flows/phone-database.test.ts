/** A mini program on the database of its phones, without functions: two people in a browser. */
import { afterAll, afterEach, beforeEach, expect } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserTest, openPreview, type BrowserPreview } from '../support/browser';
import { eventually } from '../support/eventually';
import { removeMiniprograms, writeMiniprogram } from '../support/miniprogram-folder';

let preview: BrowserPreview;
let functionsDir: string | undefined;

const PAGE = `
const db = wx.cloud.database();
const books = db.collection('books');
Page({
  data: { titles: '', mine: '', outcome: '', picture: '' },
  onLoad() {
    this.watcher = books.orderBy('title', 'asc').watch({
      onChange: ({ docs }) => this.setData({ titles: docs.map(({ title }) => title).join() }),
      onError: ({ errMsg }) => this.setData({ outcome: errMsg }),
    });
  },
  onUnload() { this.watcher.close(); },
  async add() {
    const { _id } = await books.add({ data: { title: 'A book', at: db.serverDate() } });
    this.setData({ mine: _id });
  },
  async rename() {
    const { stats } = await books.where({ title: 'A book' }).update({ data: { title: 'Renamed' } });
    this.setData({ outcome: 'renamed ' + stats.updated });
  },
  async notes() {
    try { await db.collection('notes').get(); } catch ({ errCode }) { this.setData({ outcome: String(errCode) }); }
  },
  async show() {
    const { fileList } = await wx.cloud.getTempFileURL({ fileList: ['cloud://local.6c6f-local-1250000000/a.png'] });
    this.setData({ picture: fileList[0].tempFileURL });
  },
})`;

beforeEach(async () => {
  functionsDir = await mkdtemp(join(tmpdir(), 'no-functions-'));
  preview = await openPreview(
    {},
    {},
    {
      functionsDir,
      collections: ['books', 'notes'],
      miniprogramDir: writeMiniprogram({
        'app.js': `App({ onLaunch() { wx.cloud.init() } })`,
        'pages/home/index.wxml': `<view class="titles">{{titles}}</view><view class="outcome">{{outcome}}</view>
          <view class="mine">{{mine}}</view><image class="picture" src="{{picture}}"/>
          <button class="add" bindtap="add">add</button><button class="rename" bindtap="rename">rename</button>
          <button class="notes" bindtap="notes">notes</button><button class="show" bindtap="show">show</button>`,
        'pages/home/index.js': PAGE,
      }),
    },
  );
  await preview.cloud.control({ permissions: { books: 'READONLY', notes: 'ADMINONLY' } });
  // Of the two phones, this is the second one's choice.
  const choice = preview.page.locator('input[type="radio"][value="zhou"]').nth(1);
  await choice.evaluate((radio: HTMLInputElement) => radio.click());
  const isZhou = () =>
    preview.page.frames().some((frame) => /phone=B&person=zhou/.test(frame.url()));
  await eventually(() => Promise.resolve(isZhou()));
});

afterEach(() => preview.close());

afterAll(async () => {
  removeMiniprograms();
  if (functionsDir !== undefined) await rm(functionsDir, { recursive: true });
});

browserTest('one person’s book appears on the other’s phone, who may not change it', async () => {
  const [a, b] = [preview.phone('A'), preview.phone('B')];
  const text = (phone: typeof a, name: string, wanted: string) =>
    phone.locator(`[data-class~="${name}"]`, { hasText: wanted }).waitFor();
  const tap = (phone: typeof a, name: string) => phone.locator(`[data-class~="${name}"]`).click();

  await tap(a, 'add');
  await text(b, 'titles', 'A book');
  await tap(b, 'rename');
  await text(b, 'outcome', 'renamed 0');
  await tap(a, 'rename');
  await text(a, 'outcome', 'renamed 1');
  await text(b, 'titles', 'Renamed');
  await tap(a, 'notes');
  await text(a, 'outcome', '-502003');
  const [book] = await preview.cloud.documents('books');
  expect(book).toMatchObject({
    _openid: expect.any(String),
    title: 'Renamed',
    at: expect.any(Date),
  });

  await fetch(`${preview.cloud.url}/files/a.png`, {
    method: 'POST',
    headers: { 'x-wx-openid': 'somebody', 'content-type': 'image/png' },
    body: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  await tap(a, 'show');
  await a
    .locator('[data-class~="picture"] img[src$="a.png"]')
    .evaluate(async (image: HTMLImageElement) => image.decode());
  expect(preview.errors).toEqual([]);
});
