/**
 * `wx.cloud.getTempFileURL` and `wx.cloud.deleteFile`: everybody may read a file, only its uploader
 * may delete it. Files are answered one by one
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/storage/Cloud.deleteFile.html).
 */
import { isFields, type Fields } from '../bson/fields';
import { AdminError } from '../protocol/admin-error';
import { cloudPathOf } from '../storage/cloud-path';
import type { FileStore } from '../storage/file-store';

interface PhoneFiles {
  files: Pick<FileStore, 'read'>;
  openid: string | undefined;
  /**
   * Sends a request of the admin protocol.
   *
   * @throws AdminError when it is refused
   */
  ask: (body: Fields) => Promise<Fields>;
}

/** Codes of https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/error-code.html */
const MISSING = { status: -503003, errMsg: 'storage file not exists' };
const REFUSED = { status: -503002, errMsg: 'storage permission denied' };
const FOUND = { status: 0, errMsg: 'ok' };

export async function getTempFileURL(list: unknown, { ask }: PhoneFiles): Promise<Fields[]> {
  const found = await ask({
    action: 'storage.batchGetDownloadUrl',
    file_list: itemsOf(list).map((fileid) => ({ fileid })),
  });
  return fieldsIn(found['download_list']).map(({ fileID, code, tempFileURL, maxAge = 0 }) => ({
    fileID,
    tempFileURL: encodeURI(String(tempFileURL)),
    maxAge,
    ...(code === 'SUCCESS' ? FOUND : MISSING),
  }));
}

export async function deleteFile(
  list: unknown,
  { files, openid, ask }: PhoneFiles,
): Promise<Fields[]> {
  const ids = itemsOf(list);
  const isRefused = await Promise.all(
    ids.map(async (id) => {
      const path = typeof id === 'string' ? cloudPathOf(id) : undefined;
      const file = path === undefined ? undefined : await files.read(path);
      return file !== undefined && (openid === undefined || file.openid !== openid);
    }),
  );
  const allowed = ids.filter((_, index) => isRefused[index] !== true);
  // With nothing left to delete, the list may still be one that the storage refuses.
  const isAsked = allowed.length > 0 || ids.length === 0;
  const reply = isAsked
    ? await ask({ action: 'storage.batchDeleteFile', fileid_list: allowed })
    : {};
  const deleted = fieldsIn(reply['delete_list']);
  return ids.map((fileID, index) => {
    if (isRefused[index] === true) return { fileID, ...REFUSED };
    const { code } = deleted.shift() ?? {};
    return { fileID, ...(code === 'SUCCESS' ? FOUND : MISSING) };
  });
}

/** The ids of `fileList`, whose items may be `{ fileID, maxAge }` too. */
function itemsOf(list: unknown): unknown[] {
  if (!Array.isArray(list)) {
    throw new AdminError('INVALID_PARAM', 'parameter.fileList should be an array');
  }
  return list.map((item: unknown) => (isFields(item) ? item['fileID'] : item));
}

function fieldsIn(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : [];
}
