/**
 * The file actions of the admin protocol, in the shapes that `@cloudbase/node-sdk` uses
 * (`src/storage/index.ts`). Functions have no restrictions.
 */
import { AdminError } from '../protocol/admin-error';
import { isFields, type Fields } from '../bson/fields';
import { cloudPathOf, fileIdOf, isCloudPath } from './cloud-path';
import type { FileStore } from './file-store';

export interface StorageContext {
  files: FileStore;
  /** The URL of all files, e.g. `http://127.0.0.1:8787/files`. */
  filesUrl: string;
}

type StorageAction = (body: Fields, context: StorageContext) => Promise<Fields>;

/**
 * How many files one request may name
 * (https://docs.cloudbase.net/api-reference/server/node-sdk/storage).
 */
const MAX_FILES = 50;
const DEFAULT_MAX_AGE_SECONDS = 86_400;

export const storageActions: Readonly<Record<string, StorageAction>> = {
  'storage.getUploadMetadata': ({ path }, { filesUrl }) => {
    if (typeof path !== 'string' || !isCloudPath(path)) {
      throw new AdminError('INVALID_PARAM', 'path is not a valid path of a file');
    }
    return Promise.resolve({
      url: encodeURI(urlOf(filesUrl, path)),
      token: 'local',
      authorization: 'local',
      fileId: fileIdOf(path),
      // Encoded, because it becomes a header.
      cosFileId: encodeURI(fileIdOf(path)),
    });
  },

  'storage.batchDeleteFile': async ({ fileid_list: list }, { files }) => ({
    delete_list: await Promise.all(
      namedFiles(list).map(async (fileID) => {
        const path = cloudPathOf(fileID);
        const removed = path !== undefined && (await files.remove(path));
        return { fileID, code: removed ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST' };
      }),
    ),
  }),

  'storage.batchGetDownloadUrl': async ({ file_list: list }, { files, filesUrl }) => ({
    download_list: await Promise.all(
      namedFiles(list, (item) => (isFields(item) ? item['fileid'] : undefined)).map(
        async (fileID) => {
          const path = cloudPathOf(fileID);
          const exists = path !== undefined && (await files.read(path)) !== undefined;
          return exists
            ? {
                fileID,
                code: 'SUCCESS',
                tempFileURL: urlOf(filesUrl, path),
                maxAge: DEFAULT_MAX_AGE_SECONDS,
              }
            : { fileID, code: 'STORAGE_FILE_NONEXIST', tempFileURL: '' };
        },
      ),
    ),
  }),
};

function namedFiles(list: unknown, idOf: (item: unknown) => unknown = (item) => item): string[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  if (items.length === 0 || items.length > MAX_FILES) {
    throw new AdminError('INVALID_PARAM', `the list must name 1 to ${MAX_FILES} files`);
  }
  return items.map((item) => {
    const id = idOf(item);
    if (typeof id !== 'string')
      throw new AdminError('INVALID_PARAM', 'the id of a file must be a string');
    return id;
  });
}

/** Not encoded: the SDK does that before a download. */
function urlOf(filesUrl: string, cloudPath: string): string {
  return `${filesUrl}/${cloudPath}`;
}
