import { afterAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../../../scripts/project/root';
import { runsTypeScript } from '../../support/run-script';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const CHECK = `require('./scripts/check/styles').checkStyles(process.argv[1])
  .then((problems) => process.stdout.write(JSON.stringify(problems)))`;

/** In a process of its own: stylelint is an ES module, which jest does not load. */
async function check(wxss: string): Promise<unknown> {
  const dir = writeMiniprogram({ 'pages/home/index.wxss': wxss });
  const args = [...runsTypeScript, '--eval', CHECK, dir];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout);
}

test('rpx is a unit, and one that nobody knows is found where it stands', async () => {
  expect(await check('.a {\n  width: 750rpx;\n  height: 10rxp;\n}')).toMatchObject([
    { file: 'pages/home/index.wxss', line: 3 },
  ]);
});
