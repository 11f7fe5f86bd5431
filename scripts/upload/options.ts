import { resolve } from 'node:path';

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

/** @param fallback what is not given */
export function withDefaults(
  { preview = false, version, description, key, robot }: GivenUploadOptions,
  fallback: { version: string; keyFile: string },
): UploadOptions {
  const chosen = version ?? fallback.version;
  return {
    preview,
    version: chosen,
    description: description ?? `Version ${chosen}`,
    keyFile: resolve(key ?? fallback.keyFile),
    robot,
  };
}
