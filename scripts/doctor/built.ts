/** What was built: whether it is there, up to date, and small enough. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkProject } from '../check';
import { filesEndingIn } from '../lib/files-ending-in';
import { text } from '../lib/language';
import { BUILT_AT } from '../project/built-dir';
import type { Finding } from '../project/finding';
import { packageBytesIn } from '../project/package-bytes';

/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const MAX_PACKAGE_BYTES = 2 * 1024 * 1024;
/** What the management API takes without a detour. */
const MAX_CODE_BYTES = 1.5 * 1024 * 1024;

export async function findBuild(root: string): Promise<Finding[]> {
  const fix = text({ zh: '运行 npm run build。', en: 'Run "npm run build".' });
  const parts = [
    ['dist/miniprogram/app.js', 'miniprogram'],
    ['dist/cloudfunctions/login/index.js', 'cloudfunctions'],
  ] as const;
  const findings: Finding[] = [];
  const builtAt = Number(await readFile(`${root}/dist/${BUILT_AT}`, 'utf8').catch(() => '0'));
  for (const [output, sources] of parts) {
    if (!existsSync(`${root}/${output}`)) {
      findings.push({
        problem: text({
          zh: `没有 ${output}：还没有构建过。`,
          en: `${output} is not there: nothing was built.`,
        }),
        fix,
      });
      continue;
    }
    const newest = await newestIn(`${root}/${sources}`);
    if (newest.at > builtAt) {
      const file = `${sources}/${newest.file}`;
      findings.push({
        problem: text({
          zh: `${file} 比构建的产物新。`,
          en: `${file} is newer than what was built.`,
        }),
        fix,
      });
    }
  }
  return findings;
}

/** Nothing where nothing was built. */
export async function findBuiltFiles(root: string): Promise<Finding[]> {
  if (!existsSync(`${root}/dist`)) return [];
  const problems = await checkProject(root);
  return problems.map(({ file, message }) => ({
    problem: text({ zh: `${file}：${message}。`, en: `${file} ${message}.` }),
    fix: text({
      zh: '运行 npm run build；仍然这样，就看看这个文件。',
      en: 'Run "npm run build", and look at the file when that does not help.',
    }),
  }));
}

export async function findSizes(built: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const miniprogram = `${built}/miniprogram`;
  const bytes = existsSync(miniprogram) ? await packageBytesIn(miniprogram) : 0;
  if (bytes > MAX_PACKAGE_BYTES) {
    findings.push({
      problem: text({
        zh: `小程序有 ${megabytes(bytes)}，超过了微信的上限 2 MB。`,
        en: `The mini program has ${megabytes(bytes)}, and WeChat takes 2 MB.`,
      }),
      fix: text({
        zh: '把页面放进分包，把图片放进云存储。',
        en: 'Move pages into subpackages (分包), and pictures into the cloud storage.',
      }),
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
        problem: text({
          zh: `云函数 ${name} 压缩后有 ${megabytes(zipped)}，最多只能上传 ${megabytes(MAX_CODE_BYTES)}。`,
          en: `The function ${name} has ${megabytes(zipped)} zipped, and ${megabytes(MAX_CODE_BYTES)} can be uploaded.`,
        }),
        fix: text({ zh: '去掉它的某个依赖。', en: 'Leave out a dependency of it.' }),
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
    // Nothing is built from what is written about it.
    const isSource = about.isFile() && !file.endsWith('.md');
    if (isSource && about.mtimeMs > newest.at) newest = { file, at: about.mtimeMs };
  }
  return newest;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
