import { afterAll, expect, test } from '@jest/globals';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMiniprogram, CompileMemory } from '../../../../scripts/preview/compile-miniprogram';
import { SourceFiles } from '../../../../scripts/preview/compile/source-files';
import {
  removeMiniprograms,
  writeFolder,
  writeMiniprogram,
} from '../../../support/miniprogram-folder';

afterAll(removeMiniprograms);

test('files stay as they were, whatever is written later', async () => {
  const folder = writeMiniprogram({ 'a.wxml': '\uFEFFold' });
  const sources = SourceFiles.read(folder);
  writeFileSync(join(folder, 'a.wxml'), 'new');
  expect(await sources.text('pages/../a.wxml')).toBe('old');
  expect(await sources.text('/a.wxml')).toBe('old');
  expect(await sources.text('gone.wxml')).toBeUndefined();
  expect(await sources.text('pages')).toBeUndefined();
  expect(await sources.text('../a.wxml')).toBeUndefined();
});

test('the version is another one where anything but a style sheet differs', () => {
  const version = (files: Record<string, string>): string =>
    SourceFiles.read(writeMiniprogram(files)).codeVersion;
  const plain = version({});
  expect(version({})).toBe(plain);
  expect(version({ 'app.wxss': 'page {}' })).toBe(plain);
  expect(version({ 'a.js': '' })).not.toBe(plain);
  expect(version({ 'pages/home/index.js': 'Page({ })' })).not.toBe(plain);
  expect(version({ 'b.js': '' })).not.toBe(version({ 'a.js': '' }));
});

test('a folder that is a link is read, and one that leads back is not', () => {
  const shared = writeFolder({ 'card/index.wxml': 'card' });
  const folder = writeMiniprogram();
  symlinkSync(shared, join(folder, 'shared'), 'junction');
  symlinkSync(folder, join(folder, 'round'), 'junction');
  symlinkSync(join(folder, 'gone'), join(folder, 'nowhere'), 'junction');
  const { contents } = SourceFiles.read(folder);
  expect([...contents.keys()]).toEqual([
    'app.js',
    'app.json',
    'pages/home/index.js',
    'pages/home/index.wxml',
    'shared/card/index.wxml',
  ]);
});

test('where only a style differs, nothing but styles is read and compiled', async () => {
  const folder = writeMiniprogram({ 'app.wxss': '.a { top: 0 }' });
  const memory = new CompileMemory();
  const compile = async () => {
    const { text, codeVersion } = SourceFiles.read(folder);
    const read = new Set<string>();
    const compiled = await compileMiniprogram(folder, memory, {
      codeVersion,
      text: (file) => {
        read.add(file);
        return text(file);
      },
    });
    return { ...compiled, read: [...read] };
  };
  const first = await compile();
  expect(first.read).toContain('pages/home/index.wxml');

  writeFileSync(join(folder, 'app.wxss'), '.a { top: 1px }');
  const restyled = await compile();
  expect(restyled.read.sort()).toEqual(['app.json', 'app.wxss', 'pages/home/index.wxss']);
  expect(restyled.css).toContain('top: 1px');
  expect(restyled.script).toBe(first.script);

  writeFileSync(join(folder, 'pages/home/index.wxml'), '<view class="other"/>');
  expect((await compile()).script).toContain('other');
  writeFileSync(join(folder, 'pages/home/index.wxml'), '<view class="hello">Hello</view>');
  expect((await compile()).script).toContain('Hello');
});
