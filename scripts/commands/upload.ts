import { defineCommand, wholeNumber } from '../lib/command-line';
import { text } from '../lib/language';
import type { GivenUploadOptions } from '../upload';

export const command = defineCommand(
  'upload',
  text({
    zh: '构建小程序并上传代码到微信，或显示试用的二维码。',
    en: 'Builds the mini program and uploads its code to WeChat, or shows a QR code to try it with.',
  }),
)
  .option(
    '--preview',
    text({
      zh: '只显示用手机打开的二维码，不上传版本',
      en: 'show a QR code to open it on a phone with, and upload no version',
    }),
  )
  .option(
    '--version <version>',
    text({
      zh: '版本号，如 1.2.3（默认取 package.json 里的）',
      en: 'of the upload, like 1.2.3 (default: the version in package.json)',
    }),
  )
  .option('--description <text>', text({ zh: '这一版的说明', en: 'what is new' }))
  .option(
    '--key <file>',
    text({
      zh: '上传密钥（默认取 MINIPROGRAM_KEY，或 package.json 旁的 private.APPID.key）',
      en: 'the key for uploading (default: MINIPROGRAM_KEY, or private.APPID.key beside package.json)',
    }),
  )
  .addOption(
    wholeNumber(
      '--robot <n>',
      text({ zh: '以几号机器人上传，1 到 30', en: 'who it is uploaded as, 1 to 30' }),
      { min: 1, max: 30 },
    ).default(1),
  )
  .action(async (options: GivenUploadOptions) => {
    const { build } = await import('../build');
    const { BUILDING, showProgress } = await import('../lib/progress');
    const { WECHAT_COMPILER } = await import('../check');
    const { projectExaminations } = await import('../doctor');
    const { root } = await import('../project/root');
    const { endDone } = await import('../lib/process-end');
    const { runUpload } = await import('../upload');
    await runUpload(options, {
      environment: process.env,
      build: () => showProgress(BUILDING, () => build()),
      examinations: projectExaminations(root, {}),
      uploader: WECHAT_COMPILER,
    });
    // Something of WeChat's stays open after an upload.
    await endDone();
  });
