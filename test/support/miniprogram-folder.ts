/** A small built mini program, written into a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Files = Record<string, string | object>;

const HOME: Files = {
  'app.json': { pages: ['pages/home/index'], window: { navigationBarTitleText: 'Home' } },
  'app.js': 'App({})',
  'pages/home/index.js': 'Page({})',
  'pages/home/index.wxml': '<view class="hello">Hello</view>',
};

const folders: string[] = [];

/**
 * @param files by path, added to a mini program with the one page `pages/home/index`, whose files
 *   they may replace
 *
 * @returns the folder
 */
export function writeMiniprogram(files: Files = {}): string {
  return writeFolder({ ...HOME, ...files });
}

/** Just these files, in a temporary folder. */
export function writeFolder(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'miniprogram-'));
  folders.push(folder);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(
      join(folder, file),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  return folder;
}

export function removeMiniprograms(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}
