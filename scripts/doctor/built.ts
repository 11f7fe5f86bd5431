/** What was built: whether it is there, up to date, and small enough. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkProject } from '../check';
import { filesEndingIn } from '../lib/files-ending-in';
import { BUILT_AT } from '../project/built-dir';

import type { Finding } from '../project/finding';
import { packageBytesIn } from '../project/package-bytes';

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const MAX_PACKAGE_BYTES = 2 * 1024 * 1024;
/** What the management API takes without a detour. */
const MAX_CODE_BYTES = 1.5 * 1024 * 1024;

export async function findBuild(root: string): Promise<Finding[]> {
  const fix = 'Run "npm run build".';
  const parts = [
    ['dist/miniprogram/app.js', 'miniprogram'],
    ['dist/cloudfunctions/login/index.js', 'cloudfunctions'],
  ] as const;
  const findings: Finding[] = [];
  const builtAt = Number(await readFile(`${root}/dist/${BUILT_AT}`, 'utf8').catch(() => '0'));
  for (const [output, sources] of parts) {
    if (!existsSync(`${root}/${output}`)) {
      findings.push({ problem: `${output} is not there: nothing was built.`, fix });
      continue;
    }
    const newest = await newestIn(`${root}/${sources}`);
    if (newest.at > builtAt) {
      findings.push({ problem: `${sources}/${newest.file} is newer than what was built.`, fix });
    }
  }
  return findings;
}

/** Nothing where nothing was built. */
export async function findBuiltFiles(root: string): Promise<Finding[]> {
  if (!existsSync(`${root}/dist`)) return [];
  const problems = await checkProject(root);
  return problems.map(({ file, message }) => ({
    problem: `${file} ${message}.`,
    fix: 'Run "npm run build", and look at the file when that does not help.',
  }));
}

export async function findSizes(built: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const miniprogram = `${built}/miniprogram`;
  const bytes = existsSync(miniprogram) ? await packageBytesIn(miniprogram) : 0;
  if (bytes > MAX_PACKAGE_BYTES) {
    findings.push({
      problem: `The mini program has ${megabytes(bytes)}, and WeChat takes 2 MB.`,
      fix: 'Move pages into subpackages (分包), and pictures into the cloud storage.',
    });
  }
  const names = existsSync(`${built}/cloudfunctions`)
    ? await readdir(`${built}/cloudfunctions`)
    : [];
  for (const name of names) {
    const code = await codeOf(`${built}/cloudfunctions/${name}`);
    // What fits after quick compression fits.
    if (gzipSync(code, { level: 1 }).length <= MAX_CODE_BYTES) continue;
    const zipped = gzipSync(code).length;
    if (zipped > MAX_CODE_BYTES) {
      findings.push({
        problem: `The function ${name} has ${megabytes(zipped)} zipped, and ${megabytes(MAX_CODE_BYTES)} can be uploaded.`,
        fix: 'Leave out a dependency of it.',
      });
    }
  }
  return findings;
}

async function codeOf(dir: string): Promise<Buffer> {
  const names = await filesEndingIn(dir, '.js');
  return Buffer.concat(await Promise.all(names.map((name) => readFile(`${dir}/${name}`))));
}

async function newestIn(dir: string): Promise<{ file: string; at: number }> {
  let newest = { file: '', at: 0 };
  for (const file of await readdir(dir, { recursive: true })) {
    const about = await stat(join(dir, file));
    if (about.isFile() && about.mtimeMs > newest.at) newest = { file, at: about.mtimeMs };
  }
  return newest;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
