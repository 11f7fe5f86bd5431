/** The mini program's code to WeChat, or a QR code to try it with. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { CommandError, SetupError } from '../lib/command-error';
import { text } from '../lib/language';
import { installTools, type Tools } from '../lib/install-tools';
import { BUILD_EXAMINATIONS, describeFindings, type Examination } from '../project/finding';
import { packageVersion } from '../project/package-version';
import { readAppid } from '../project/project-settings';
import { root } from '../project/root';
import { withDefaults, type GivenUploadOptions } from './options';
import { explainUpload, send, type UploadingCi } from './send';

export type { GivenUploadOptions } from './options';

export interface UploadContext {
  environment: Readonly<Record<string, string | undefined>>;
  build: () => Promise<unknown>;
  /** What the doctor would examine; those of the build come after the build. */
  examinations: readonly Examination[];
  /** miniprogram-ci. */
  uploader: Tools;
}

/** @throws CommandError */
export async function runUpload(
  given: GivenUploadOptions,
  { environment, build, examinations, uploader }: UploadContext,
): Promise<void> {
  const appid = readAppid(root);
  const keyFile = environment['MINIPROGRAM_KEY'] ?? `${root}/private.${appid}.key`;
  const options = withDefaults(given, { version: packageVersion(), keyFile });
  const isOfBuild = ({ id }: Examination): boolean => BUILD_EXAMINATIONS.some((of) => of === id);
  await examine(examinations.filter((examination) => !isOfBuild(examination)));
  if (!existsSync(options.keyFile)) {
    throw new SetupError(
      text({
        zh: `没有上传密钥 ${options.keyFile}：微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → 生成。不要提交到 git。`,
        en: `There is no key in ${options.keyFile}: 微信公众平台 → 开发管理 → 开发设置 → 小程序代码上传 → 生成. Keep it out of git.`,
      }),
    );
  }
  await build();
  await examine(examinations.filter(isOfBuild));
  await installTools(uploader);
  // WeChat's compiler leaves an empty folder of its own where it runs.
  process.chdir(dirname(uploader.dir));
  const ci = createRequire(`${uploader.dir}/package.json`)('miniprogram-ci') as UploadingCi;
  const destination = { appid, projectDir: root, qrFile: `${root}/dist/preview-qr.jpg` };
  try {
    console.log(await send(ci, destination, options));
  } catch (error) {
    throw new CommandError(explainUpload(error));
  }
}

/** What is wrong would reach people. */
async function examine(examinations: readonly Examination[]): Promise<void> {
  const found = await describeFindings(examinations);
  if (found.length > 0) throw new SetupError(found.join('\n'));
}
