import { expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { root } from '../../../scripts/project/root';

const MAX_GZIPPED_BYTES = 5_500;

test('the session client that an app takes along is at most 5.5 kB gzipped', () => {
  const parts = ['session-client', 'session-storage', 'sign-in-prompt', 'device', 'http-transport'];
  const { outputFiles } = buildSync({
    stdin: {
      contents: parts.map((part) => `export * from './${part}';`).join('\n'),
      resolveDir: `${root}/miniprogram/session`,
    },
    bundle: true,
    minify: true,
    format: 'cjs',
    target: 'es2018',
    write: false,
  });
  const bytes = gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
});
