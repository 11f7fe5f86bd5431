/** Names of files: a path in the cloud, and the file id that stands for it everywhere else. */

/** The environment's id, and the name of its bucket. */
const PREFIX = 'cloud://local.6c6f-local-1250000000/';

/** In bytes (https://docs.cloudbase.net/storage/naming). */
const MAX_PATH_BYTES = 850;
const CONTROL_CHARACTERS = /\p{Cc}/u;

/** Not empty, no slash in front, none after another, no way up. */
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

/** `undefined` for an id of no file that could be here. */
export function cloudPathOf(fileId: string): string | undefined {
  const path = fileId.startsWith(PREFIX) ? fileId.slice(PREFIX.length) : '';
  return isCloudPath(path) ? path : undefined;
}
