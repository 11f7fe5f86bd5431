import { afterEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressFor, lockFolder } from '../../../../scripts/local-cloud/environment/folder-lock';

const { TMPDIR } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'lock-'));

afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a long path for temporary files is not taken for a folder in use', async () => {
  process.env['TMPDIR'] = join(folder, 'long'.repeat(30));
  mkdirSync(process.env['TMPDIR'], { recursive: true });
  const unlock = await lockFolder(folder);
  expect(unlock).toBeDefined();
  expect(await lockFolder(folder)).toBeUndefined();
  await unlock?.();
});

test('the address is a pipe on Windows, and short enough for macOS', () => {
  const data = realpathSync(tmpdir());
  const long = `/var/folders/${'x'.repeat(80)}/T`;
  expect(addressFor(data, { platform: 'win32', temporary: 'C:\\Temp' })).toMatch(
    /^\\\\\.\\pipe\\local-cloud-\w+$/,
  );
  expect(addressFor(data, { platform: 'darwin', temporary: '/var/T' })).toMatch(/^\/var\/T\//);
  expect(addressFor(data, { platform: 'darwin', temporary: long })).toMatch(/^\/tmp\//);
});
