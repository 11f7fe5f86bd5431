import { parseOptions, UsageError } from '../lib/command-line';

export const USAGE = `npm run upload -- [--preview] [--version V] [--description TEXT] [--key FILE] [--robot N]

  --preview        shows a QR code to open it on a phone with, and uploads no version
  --version V      of the upload (default: the version in package.json)
  --description T  what is new
  --key FILE       the key for uploading (default: private.APPID.key beside package.json, or MINIPROGRAM_KEY)
  --robot N        who it is uploaded as, 1 to 30 (default 1)`;

export interface UploadOptions {
  preview: boolean;
  version: string;
  description: string;
  keyFile: string;
  robot: number;
}

/**
 * @param fallback what is not given
 * @throws UsageError
 */
export function readUploadOptions(
  args: readonly string[],
  fallback: { version: string; keyFile: string },
): UploadOptions {
  const values = parseOptions(args, {
    preview: { type: 'boolean' },
    version: { type: 'string' },
    description: { type: 'string' },
    key: { type: 'string' },
    robot: { type: 'string' },
  });
  const robot = Number(values.robot ?? '1');
  if (!Number.isInteger(robot) || robot < 1 || robot > 30) {
    throw new UsageError(
      `--robot must be a whole number from 1 to 30, not "${values.robot ?? ''}".`,
    );
  }
  const version = values.version ?? fallback.version;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new UsageError(`--version must be like 1.2.3, not "${version}".`);
  }
  return {
    preview: values.preview === true,
    version,
    description: values.description ?? `Version ${version}`,
    keyFile: values.key ?? fallback.keyFile,
    robot,
  };
}
