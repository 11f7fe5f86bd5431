/** Documents as lmdb holds them: BSON bytes under a key. */
import { calculateObjectSize, deserialize, EJSON, serialize } from 'bson';
import type { Document } from './collection';
import { IndexValueTooLong } from './index-keys';

export interface StoredDocument {
  document: Document;
  bytes: Buffer;
}

/** People have measured this limit in cloud functions; it is documented nowhere. */
export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

export class DocumentTooLarge extends Error {
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
  try {
    return serialize(document);
  } catch (error) {
    // Beyond 17 MB it does not fit into the buffer of `bson`.
    if (calculateObjectSize(document) > MAX_DOCUMENT_BYTES) throw new DocumentTooLarge();
    throw error;
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
  if (Buffer.byteLength(key) > MAX_ID_BYTES) throw new IndexValueTooLong('_id_', MAX_ID_BYTES);
  return key;
}

/** Ids of different types are different, as in the cloud: `1` and `"1"` are two documents. */
export function keyOf(id: unknown): string {
  return typeof id === 'string' ? `s${id}` : `j${EJSON.stringify({ id })}`;
}
