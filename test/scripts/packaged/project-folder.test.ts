import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, UsageError } from '../../../scripts/lib/command-error';
import { speak } from '../../../scripts/lib/language';
import { findProject } from '../../../scripts/packaged/project-folder';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';

let dir: string;

beforeEach(() => {
  dir = writeFolder({ 'project.config.json': { cloudfunctionRoot: 'cloudfunctions/' } });
});
afterEach(() => {
  removeMiniprograms();
  speak('en');
});

test('a project is found from a folder in it', () => {
  mkdirSync(join(dir, 'a/b'), { recursive: true });
  expect(findProject(join(dir, 'a/b'))).toMatchObject({ dir });
});

describe('the project above is not taken for', () => {
  test.each([
    ['a folder that is not there', 'nowhere'],
    ['one in a folder that is not there', 'nowhere/deep'],
    ['a file', 'project.config.json'],
    ['what would be in a file', 'project.config.json/deep'],
  ])('%s, which is named in both languages', (_, name) => {
    const path = join(dir, name);
    expect(() => findProject(path)).toThrow(new UsageError(`There is no folder ${path}.`));
    speak('zh');
    expect(() => findProject(path)).toThrow(new UsageError(`没有目录 ${path}。`));
  });
});

test('a file in the place of the functions is named', () => {
  const project = writeFolder({ 'project.config.json': { cloudfunctionRoot: 'file' }, file: '' });
  const sentence = `cloudfunctionRoot of ${project}/project.config.json is ${project}/file, which is no folder.`;
  expect(() => findProject(project)).toThrow(new CommandError(sentence));
});
