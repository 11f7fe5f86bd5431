/** The names of a file: its path in the cloud, and the file id, which is used everywhere else. */

/** The id of the environment, and its bucket. */
const PREFIX = 'cloud://local.6c6f-local-1250000000/';

/** In bytes (https://docs.cloudbase.net/storage/naming). */
const MAX_PATH_BYTES = 850;
const CONTROL_CHARACTERS = /\p{Cc}/u;

/** Without a leading slash, empty parts, or a way out of its folder. */
export function isCloudPath(path: string): boolean {
  const parts = path.split('/');
  return (
    Buffer.byteLength(path) <= MAX_PATH_BYTES &&
    !CONTROL_CHARACTERS.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

export function fileIdOf(cloudPath: string): string {
  return PREFIX + cloudPath;
}

/** `undefined` for the id of a file elsewhere. */
export function cloudPathOf(fileId: string): string | undefined {
  const path = fileId.startsWith(PREFIX) ? fileId.slice(PREFIX.length) : '';
  return isCloudPath(path) ? path : undefined;
}
