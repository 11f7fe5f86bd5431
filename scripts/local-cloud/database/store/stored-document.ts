/** Documents as lmdb holds them: BSON bytes under a key. */
import { calculateObjectSize, deserialize, EJSON, serialize } from 'bson';
import { isFields } from '../../bson/fields';
import { InvalidRequest } from '../../bson/invalid-request';
import type { Document } from './collection';
import { IndexValueTooLong } from './index-keys';

export interface StoredDocument {
  document: Document;
  bytes: Buffer;
}

/** People have measured this limit in cloud functions; it is documented nowhere. */
export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

export class DocumentTooLarge extends InvalidRequest {
  override readonly name = 'DocumentTooLarge';

  constructor() {
    super(`a document is over ${MAX_DOCUMENT_BYTES} bytes`);
  }
}

/** @throws DocumentTooLarge */
export function encodeDocument(document: Document): StoredDocument {
  const bytes = serialized(document);
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) throw new DocumentTooLarge();
  return { document, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

function serialized(document: Document): Uint8Array {
  checkNames(document, '');
  try {
    return serialize(document);
  } catch {
    // Beyond 17 MB it does not fit into the buffer of `bson`.
    if (calculateObjectSize(document) > MAX_DOCUMENT_BYTES) throw new DocumentTooLarge();
    throw new InvalidRequest('the document holds a value that can not be stored');
  }
}

/** @param path of the object, with a dot behind it @throws InvalidRequest */
function checkNames(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) checkNames(item, `${path}${at}.`);
    return;
  }
  if (!isFields(value)) return;
  for (const name of Object.keys(value)) {
    if (name.startsWith('$')) {
      throw new InvalidRequest(
        `The dollar ($) prefixed field '${name}' in '${path}${name}' is not valid for storage.`,
      );
    }
    if (name.includes('\0')) {
      throw new InvalidRequest(`a field name in '${path}' holds a null character`);
    }
    checkNames(value[name], `${path}${name}.`);
  }
}

export function decodeDocument(bytes: Buffer): Document {
  return deserialize(bytes) as Document;
}

/** In bytes, as for every index (https://cloud.tencent.com/document/product/876/32310). */
const MAX_ID_BYTES = 1_024;

/** The key under which a document is stored. @throws IndexValueTooLong */
export function idKey({ _id }: Document): string {
  const key = keyOf(_id);
  if (isTooLong(key)) throw new IndexValueTooLong('_id_', MAX_ID_BYTES);
  return key;
}

/** No document has an id whose key is longer; lmdb can't even look for one. */
export function isTooLong(key: string): boolean {
  return Buffer.byteLength(key) > MAX_ID_BYTES;
}

/** Ids of different types are different, as in the cloud: `1` and `"1"` are two documents. */
export function keyOf(id: unknown): string {
  return typeof id === 'string' ? `s${id}` : `j${EJSON.stringify({ id })}`;
}
