import { afterAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/project/root';
import { runsTypeScript } from '../../support/run-script';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const CHECK = `require('./scripts/check/styles').checkStyles(process.argv[1])
  .then((problems) => process.stdout.write(JSON.stringify(problems)))`;

/** In a process of its own: stylelint is an ES module, which jest does not load. */
async function check(wxss: string, folder = ''): Promise<unknown> {
  const files = { [`${folder}pages/home/index.wxss`]: wxss };
  const dir = join(writeMiniprogram(files), folder);
  const args = [...runsTypeScript, '--eval', CHECK, dir];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout);
}

test('rpx is a unit, and one that nobody knows is found where it stands', async () => {
  expect(await check('.a {\n  width: 750rpx;\n  height: 10rxp;\n}')).toMatchObject([
    { file: 'pages/home/index.wxss', line: 3 },
  ]);
});

test('a folder may be called as it likes', async () => {
  const wxss = '.a {\n  height: 10rxp;\n}';
  expect(await check(wxss, 'a (b) [c]/')).toHaveLength(1);
});

test.each([
  ['.a {\n  inset: 0;\n}'],
  ['.a {\n  gap: 8px;\n}'],
  ['.a {\n  height: 100dvh;\n}'],
  ['.a:is(.b) {\n  top: 0;\n}'],
])('what an older iPhone does not know is found: %s', async (wxss) => {
  expect(await check(wxss)).toMatchObject([
    { file: 'pages/home/index.wxss', message: expect.stringContaining('iOS') },
  ]);
});
