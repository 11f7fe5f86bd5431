import { afterAll, describe, expect, test } from '@jest/globals';
import {
  compileMiniprogram,
  MiniprogramCompileError,
} from '../../../scripts/preview/compile-miniprogram';
import { removeMiniprograms, writeMiniprogram, type Files } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const compile = (files: Files) => compileMiniprogram(writeMiniprogram(files));

describe('what fails the build', () => {
  test('a warning of the template compiler, with file, line and column', async () => {
    await expect(compile({ 'pages/home/index.wxml': '<view>\n  <text>\n</view>' })).rejects.toThrow(
      'pages/home/index.wxml:2:4: missing end tag',
    );
  });

  test('an error of the template compiler', async () => {
    await expect(compile({ 'pages/home/index.wxml': '<view>{{a b}}</view>' })).rejects.toThrow(
      /pages\/home\/index\.wxml:1:\d+: /,
    );
  });

  test('every problem is named, not only the first', async () => {
    const problems = await compile({
      'app.json': { pages: ['pages/home/index', 'pages/other/index'] },
      'pages/other/index.js': 'Page({})',
      'pages/other/index.wxml': '<view>',
      'pages/home/index.wxml': '<view>',
    }).then(
      () => [],
      (error: unknown) => (error instanceof MiniprogramCompileError ? error.problems : [error]),
    );
    expect(problems).toMatchObject([
      { file: 'pages/home/index.wxml', line: 1 },
      { file: 'pages/other/index.wxml', line: 1 },
    ]);
  });

  test.each<[string, Files, string]>([
    [
      'a component that is not there',
      { 'pages/home/index.json': { usingComponents: { card: '../../card' } } },
      'pages/home/index.json: names card',
    ],
    [
      'a page that is not there',
      { 'app.json': { pages: ['pages/gone/index'] } },
      'app.json: names pages/gone/index',
    ],
    ['no pages', { 'app.json': {} }, 'app.json: lists no pages'],
    ['JSON that does not parse', { 'app.json': '{' }, 'app.json: '],
    [
      'a variable that theme.json lacks',
      { 'app.json': { pages: ['pages/home/index'], window: { backgroundColor: '@gone' } } },
      'theme.json: "light" has no variable "gone"',
    ],
    [
      'a template that is imported and is not there',
      { 'pages/home/index.wxml': '<import src="gone.wxml"/>' },
      'pages/home/gone.wxml: is imported by a template',
    ],
  ])('%s', async (_, files, message) => {
    await expect(compile(files)).rejects.toThrow(message);
  });
});
