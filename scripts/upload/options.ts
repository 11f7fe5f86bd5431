import { resolve } from 'node:path';
import { UsageError } from '../lib/command-error';
import { text } from '../lib/language';

/** As the command line gives them. */
export interface GivenUploadOptions {
  preview?: boolean;
  version?: string;
  description?: string;
  /** The file that holds the key. */
  key?: string;
  robot: number;
}

export interface UploadOptions {
  /** Show a QR code, and upload no version. */
  preview: boolean;
  version: string;
  description: string;
  /** An absolute path. */
  keyFile: string;
  /** Who it is uploaded as, 1 to 30. */
  robot: number;
}

const VERSION = /^\d+\.\d+\.\d+$/;

/**
 * @param fallback what is not given
 * @throws UsageError for a version that WeChat does not take
 */
export function withDefaults(
  { preview = false, version, description, key, robot }: GivenUploadOptions,
  fallback: { version: string; keyFile: string },
): UploadOptions {
  const chosen = version ?? fallback.version;
  if (!VERSION.test(chosen)) {
    const source =
      version === undefined
        ? { zh: 'package.json 里的版本号', en: 'The version in package.json' }
        : { zh: '--version ', en: '--version' };
    throw new UsageError(
      text({
        zh: `${source.zh}必须形如 1.2.3，不能是“${chosen}”。`,
        en: `${source.en} must be like 1.2.3, not "${chosen}".`,
      }),
    );
  }
  return {
    preview,
    version: chosen,
    description: description ?? text({ zh: `版本 ${chosen}`, en: `Version ${chosen}` }),
    keyFile: resolve(key ?? fallback.keyFile),
    robot,
  };
}
