/** A gate that read a file which its inputs leave out would pass on what it never saw. */
import { expect, test } from '@jest/globals';
import { relative } from 'node:path';
import { toolGates, TYPESCRIPT_PROJECTS } from '../../../../scripts/check/gates/tools';
import type { Passes } from '../../../../scripts/check/gates/passes';
import { runTool } from '../../../../scripts/lib/run-tool';
import { root } from '../../../../scripts/project/root';

/** By gate, whether a file is among its inputs. */
async function inputs(): Promise<Map<string, (file: string) => boolean>> {
  const found = new Map<string, (file: string) => boolean>();
  const passes: Passes = {
    unlessPassed(gate, { reads }) {
      found.set(gate, reads);
      return Promise.resolve(undefined);
    },
  };
  const remembered = toolGates(root, passes, []).filter(({ name }) => name !== 'format');
  await Promise.all(remembered.map(({ run }) => run()));
  return found;
}

test.each(Object.keys(TYPESCRIPT_PROJECTS))(
  'types and lint of %s remember all that the compiler reads',
  async (project) => {
    const { output } = await runTool(
      { package: 'typescript-7', command: 'tsc' },
      ['-p', project, '--listFilesOnly'],
      { cwd: root, output: 'collect' },
    );
    const files = output
      .split(/\r?\n/)
      .filter((file) => file !== '' && !file.includes('node_modules'))
      .map((file) => relative(root, file).replaceAll('\\', '/'));
    const gates = await inputs();
    const lint =
      ['test', 'scripts'].find((folder) => project.split('/')[0] === folder) ?? 'everything else';
    for (const gate of [`types of ${project}`, `lint of ${lint}`]) {
      const reads = gates.get(gate);
      expect(files.length).toBeGreaterThan(0);
      expect(files.filter((file) => reads?.(file) !== true)).toEqual([]);
    }
  },
);

test.each(['tsconfig.json', 'package-lock.json', 'eslint.config.mjs', 'scripts/check/rooms.mjs'])(
  'every lint remembers %s',
  async (file) => {
    const gates = [...(await inputs())].filter(([name]) => name.startsWith('lint of '));
    expect(gates).toHaveLength(3);
    expect(gates.filter(([, reads]) => !reads(file)).map(([name]) => name)).toEqual([]);
  },
);
