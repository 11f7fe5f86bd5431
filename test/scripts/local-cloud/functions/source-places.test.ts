/** Where an error came from, in the developer's own words: the source, not the bundle. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorDescriber } from '../../../../scripts/local-cloud/functions/instance/describe-error';
import { createSourcePlaces } from '../../../../scripts/local-cloud/functions/instance/source-places';

const SOURCE = `interface Ignored { a: string }

export function main(): void {
  const text: string = 'no';
  throw new Error(text);
}
`;

let dir = '';
afterEach(() => rmSync(dir, { recursive: true }));

/** Thrown in a process of its own: Jest has its own way with stacks. */
function thrownBy(sourcemap: 'linked' | 'inline' | false): Error {
  dir = mkdtempSync(join(tmpdir(), 'source-places-'));
  mkdirSync(join(dir, 'sources'));
  writeFileSync(join(dir, 'sources/main.ts'), SOURCE);
  buildSync({
    entryPoints: [join(dir, 'sources/main.ts')],
    outfile: join(dir, 'functions/f/index.js'),
    format: 'cjs',
    minify: true,
    sourcemap,
  });
  const script = `try { require('./index.js').main() } catch (error) { process.stdout.write(error.stack) }`;
  const cwd = join(dir, 'functions/f');
  const stack = execFileSync(process.execPath, ['-e', script], { cwd, encoding: 'utf8' });
  return Object.assign(new Error('no'), { stack });
}

const describeIn = (error: Error, shown: string) => {
  const folder = join(dir, 'functions/f');
  return errorDescriber([folder], 'runtime.cjs', createSourcePlaces(folder, shown))(error);
};

describe.each(['linked', 'inline'] as const)('a bundle with a map (%s)', (sourcemap) => {
  test('has the place in the source, from where the cloud was started', () => {
    const { headline, text } = describeIn(thrownBy(sourcemap), 'functions/f');
    expect(headline).toBe('Error: no (sources/main.ts:5:9)');
    expect(text).toContain('sources/main.ts:5:9');
    expect(text).not.toContain('index.js');
  });
});

test('seen from elsewhere, the path of the source is whole', () => {
  const error = thrownBy('linked');
  const { headline } = describeIn(error, join(dir, 'functions/f'));
  expect(headline).toBe(`Error: no (${join(dir, 'sources/main.ts')}:5:9)`);
});

test('a bundle without a map, or whose map is not there, is shown as it is', () => {
  const error = thrownBy(false);
  expect(describeIn(error, 'functions/f').headline).toMatch(/^Error: no \(index\.js:1:\d+\)$/);
  writeFileSync(join(dir, 'functions/f/index.js'), '//# sourceMappingURL=gone.map');
  expect(describeIn(error, 'functions/f').headline).toMatch(/^Error: no \(index\.js:1:\d+\)$/);
});

test('sources that a bundler made up are no files: the place in the bundle stays', () => {
  const error = thrownBy('linked');
  const map = { version: 3, sources: ['webpack://x/main.ts'], names: [], mappings: 'AAAA' };
  writeFileSync(join(dir, 'functions/f/index.js.map'), JSON.stringify(map));
  expect(describeIn(error, 'functions/f').headline).toMatch(/^Error: no \(index\.js:1:\d+\)$/);
});

test('every other line stays as it is', () => {
  dir = mkdtempSync(join(tmpdir(), 'source-places-'));
  const placeInSource = createSourcePlaces(dir, 'f');
  for (const line of ['at noon', '    at <anonymous>', '    at f (node:fs:1:2)', '/a/b.js:1:2'])
    expect(placeInSource(line)).toBe(line);
});
