/** A gate that read a file which its inputs leave out would pass on what it never saw. */
import { expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
  const remembered = toolGates(root, passes).filter(({ name }) => name !== 'format');
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
    for (const gate of [`types of ${project}`, 'lint', 'lint of rooms']) {
      const reads = gates.get(gate);
      expect(files.length).toBeGreaterThan(0);
      expect(files.filter((file) => reads?.(file) !== true)).toEqual([]);
    }
  },
);

test.each([
  ...['tsconfig.json', 'package-lock.json', '.oxlintrc.json', 'eslint.config.mjs'],
  'scripts/check/rooms.mjs',
])('both lints remember %s', async (file) => {
  const gates = [...(await inputs())].filter(([name]) => name.startsWith('lint'));
  expect(gates).toHaveLength(2);
  expect(gates.filter(([, reads]) => !reads(file)).map(([name]) => name)).toEqual([]);
});

/** One of each kind: of the language, of types, and of promises. */
const WRONG = `
export async function wrong(given: any): Promise<void> {
  if (given == 1) Promise.resolve();
  const sum = given.a + 1;
}
`;

test('lint asks the compiler', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'lint '));
  await writeFile(join(dir, 'tsconfig.json'), JSON.stringify({ extends: `${root}/tsconfig.json` }));
  await writeFile(join(dir, 'wrong.ts'), WRONG);
  try {
    const args = ['-c', '.oxlintrc.json', dir];
    const options = { cwd: root, output: 'collect' } as const;
    const { exitCode, output } = await runTool({ package: 'oxlint' }, args, options);
    expect(exitCode).toBe(1);
    for (const rule of [
      'eqeqeq',
      'no-explicit-any',
      'no-floating-promises',
      'no-unsafe-assignment',
    ])
      expect(output).toContain(`(${rule})`);
  } finally {
    await rm(dir, { recursive: true });
  }
});
