/** A fresh clone needs no separate install: each command sees to it. */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { root } from '../../scripts/project/root';

const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};
const isHook = (name: string): boolean => name.startsWith('pre') && name.slice(3) in scripts;
const commands = Object.keys(scripts).filter((name) => !isHook(name));

test.each(commands)('npm run %s installs what is missing first', (name) => {
  expect(scripts[`pre${name}`]).toBe('node scripts/setup.mjs');
});

test('no hook is left over', () => {
  const hooks = Object.entries(scripts).filter(([, command]) => command.includes('setup.mjs'));
  expect(hooks.filter(([name]) => !isHook(name))).toEqual([]);
});
