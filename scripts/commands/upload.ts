/** `npm run upload`: the mini program's code to WeChat, or a QR code to try it with. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { build } from '../build';
import { runCommand, UsageError } from '../lib/command-line';
import { projectExaminations } from '../doctor/project';
import { readAppid } from '../project/project-settings';
import { root } from '../project/root';
import { installTools, WECHAT_COMPILER } from '../lib/install-tools';
import { readUploadOptions, USAGE } from '../upload/options';
import { explainUpload, send, type UploadingCi } from '../upload/send';

async function main(args: readonly string[]): Promise<number> {
  const appid = readAppid(root);
  const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    version: string;
  };
  const keyFile = process.env['MINIPROGRAM_KEY'] ?? `${root}/private.${appid}.key`;
  const given = readUploadOptions(args, { version, keyFile });
  const options = { ...given, keyFile: resolve(given.keyFile) };
  await build();
  // A person would get it as it is.
  for (const { name, find } of projectExaminations(root, {})) {
    for (const { problem, fix } of await find())
      throw new UsageError(`${name}: ${problem}\n${fix}`);
  }
  if (!existsSync(options.keyFile)) {
    throw new UsageError(
      `There is no key in ${options.keyFile}: 微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → 生成. Keep it out of git.`,
    );
  }
  if (!(await installTools(WECHAT_COMPILER))) {
    console.error('Installing failed: the npm registry must be reachable once.');
    return 1;
  }
  // WeChat's compiler leaves an empty folder of its own where it runs.
  process.chdir(dirname(WECHAT_COMPILER.dir));
  const ci = createRequire(`${WECHAT_COMPILER.dir}/package.json`)('miniprogram-ci') as UploadingCi;
  const destination = { appid, projectDir: root, qrFile: `${root}/dist/preview-qr.jpg` };
  try {
    console.log(await send(ci, destination, options));
    return 0;
  } catch (error) {
    console.error(explainUpload(error));
    return 1;
  }
}

// Something of WeChat's stays open after an upload.
void runCommand(USAGE, main).then(() => process.exit());
