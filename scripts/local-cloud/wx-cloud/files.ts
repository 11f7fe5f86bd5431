/** `wx.cloud.getTempFileURL` and `wx.cloud.deleteFile`, up to their callbacks. */
import { cloudError, codeOf, WRONG_TYPE } from './cloud-error';
import { checked, type Send } from './library';

interface FileReply {
  fileID: string;
  code: string;
  tempFileURL?: string;
  maxAge?: number;
}

/**
 * @param send sends `POST /storage`
 * @throws CloudError, or the reply with a code
 */
export async function getTempFileURL(send: Send, fileList: unknown): Promise<object> {
  const files = listOf('cloud.getTempFileURL', fileList).map((file) =>
    typeof file === 'object' && file !== null ? (file as { fileID?: unknown }).fileID : file,
  );
  const action = 'storage.batchGetDownloadUrl';
  const body = { file_list: files.map((fileid) => ({ fileid })) };
  const { data } = await checked(send(action, body));
  const { download_list: list } = data as { download_list: FileReply[] };
  return {
    fileList: list.map(({ fileID, code, tempFileURL = '', maxAge = 0 }) => ({
      fileID,
      tempFileURL: encodeURI(tempFileURL),
      maxAge,
      ...statusOf(code),
    })),
  };
}

/**
 * @param send sends `POST /storage`
 * @throws CloudError, or the reply with a code
 */
export async function deleteFile(send: Send, fileList: unknown): Promise<object> {
  const list = listOf('cloud.deleteFile', fileList);
  const { data } = await checked(send('storage.batchDeleteFile', { fileid_list: list }));
  const { delete_list: deleted } = data as { delete_list: FileReply[] };
  return { fileList: deleted.map(({ fileID, code }) => ({ fileID, ...statusOf(code) })) };
}

/** The path of a file in the cloud; `undefined` for anything but a file id. */
export function cloudPathOf(fileId: string): string | undefined {
  return /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId)?.[1];
}

function listOf(api: string, fileList: unknown): readonly unknown[] {
  if (Array.isArray(fileList)) return fileList;
  throw cloudError(api, WRONG_TYPE, 'parameter.fileList should be an array');
}

function statusOf(code: string): { status: number; errMsg: string } {
  if (code === 'SUCCESS') return { status: 0, errMsg: 'ok' };
  const { errCode, text } = codeOf(code);
  return { status: errCode, errMsg: text };
}
