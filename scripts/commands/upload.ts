import { defineCommand, wholeNumber } from '../lib/command-line';
import type { GivenUploadOptions } from '../upload';

export const command = defineCommand(
  'upload',
  'Builds the mini program and uploads its code to WeChat, or shows a QR code to try it with.',
)
  .option('--preview', 'show a QR code to open it on a phone with, and upload no version')
  .option('--version <version>', 'of the upload, like 1.2.3 (default: the version in package.json)')
  .option('--description <text>', 'what is new')
  .option(
    '--key <file>',
    'the key for uploading (default: MINIPROGRAM_KEY, or private.APPID.key beside package.json)',
  )
  .addOption(
    wholeNumber('--robot <n>', 'who it is uploaded as, 1 to 30', { min: 1, max: 30 }).default(1),
  )
  .action(async (options: GivenUploadOptions) => {
    const { build } = await import('../build');
    const { WECHAT_COMPILER } = await import('../check');
    const { projectExaminations } = await import('../doctor');
    const { root } = await import('../project/root');
    const { runUpload } = await import('../upload');
    await runUpload(options, {
      environment: process.env,
      build,
      examinations: projectExaminations(root, {}),
      uploader: WECHAT_COMPILER,
    });
    // Something of WeChat's stays open after an upload.
    process.exit(0);
  });
