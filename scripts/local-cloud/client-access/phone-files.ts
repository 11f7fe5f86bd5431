/** Files as a phone may use them: everybody may read one, only its uploader may delete it. */
import { isFields, type Fields } from '../bson/fields';
import { AdminError } from '../protocol/admin-error';
import { cloudPathOf } from '../storage/cloud-path';
import type { FileStore } from '../storage/file-store';

export interface PhoneFiles {
  files: Pick<FileStore, 'read'>;
  openid: string | undefined;
}

const MAX_FILES = 50;
const REFUSED = 'STORAGE_EXCEED_AUTHORITY';

/**
 * Asks for what the phone may do, and answers for the rest.
 *
 * @param ask sends a request of the admin protocol, and resolves to the reply
 * @throws AdminError
 */
export async function answerPhoneFiles<Reply>(
  body: Fields,
  { files, openid }: PhoneFiles,
  ask: (body: Fields) => Promise<Reply>,
): Promise<Reply | Fields> {
  const { action, fileid_list: list } = body;
  if (action === 'storage.batchGetDownloadUrl') return ask(body);
  if (action !== 'storage.batchDeleteFile') {
    throw new AdminError('INVALID_ACTION', `a mini program has no action ${String(action)}`);
  }
  const ids: readonly unknown[] = Array.isArray(list) ? list : [];
  // The storage says what is wrong with the list.
  if (ids.length === 0 || ids.length > MAX_FILES) return ask(body);
  const refused = new Set<unknown>();
  for (const id of ids) {
    const path = typeof id === 'string' ? cloudPathOf(id) : undefined;
    const file = path === undefined ? undefined : await files.read(path);
    if (file !== undefined && (openid === undefined || file.openid !== openid)) refused.add(id);
  }
  const allowed = ids.filter((id) => !refused.has(id));
  const reply: unknown = allowed.length > 0 ? await ask({ ...body, fileid_list: allowed }) : {};
  if (!isFields(reply) || reply['code'] !== undefined) return reply as Reply;
  const data: Fields = isFields(reply['data']) ? reply['data'] : {};
  const removed = Array.isArray(data['delete_list']) ? (data['delete_list'] as unknown[]) : [];
  const denied = [...refused].map((fileID) => ({ fileID, code: REFUSED }));
  return { ...reply, data: { delete_list: [...removed, ...denied] } };
}
