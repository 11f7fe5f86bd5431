import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { sessionClientCode } from '../../../scripts/bench/client-code';
import { root } from '../../../scripts/project/root';

const MAX_GZIPPED_BYTES = 5_800;

test('the session client that an app takes along is at most 5.8 kB gzipped', () => {
  const bytes = gzipSync(sessionClientCode(true)).length;
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
});

test.each(['cloudfunctions/README.md', 'cloudfunctions/README.zh-CN.md'])(
  '%s says how large it is, in tenths of a kB',
  (document) => {
    const minified = sessionClientCode(true);
    const sizes = [sessionClientCode(false).length, minified.length, gzipSync(minified).length];
    const row = /([\d.]+) kB, ([\d.]+) kB, ([\d.]+) kB/.exec(
      readFileSync(`${root}/${document}`, 'utf8'),
    );
    // How well it is packed depends on the version of zlib, a little.
    sizes.forEach((bytes, n) => {
      expect(Math.abs(Number(row?.[n + 1]) * 1000 - bytes)).toBeLessThan(100);
    });
  },
);
