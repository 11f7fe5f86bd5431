/** The actions that write: `add`, `set`, `update`, `remove` and `updateAndReturn`. */
import { randomBytes } from 'node:crypto';
import type { Collection, Document } from '../state/collection';
import { AdminError } from './admin-error';
import { decodeEjson, encodeEjson, type Fields } from './ejson';
import { checkDocumentSize } from './limits';
import { findDocuments, type Found } from './query/find-documents';
import {
  existingCollection,
  queryOf,
  transactionOf,
  type Action,
  type ActionContext,
  type ActionResult,
} from './request';
import { applyUpdate } from './update/apply-update';
import { duplicateId, inWrite } from './write-errors';

export const insertDocument: Action = async (body, context) => {
  const name = existingCollection(body, context);
  const { data } = body;
  if (!Array.isArray(data)) throw new AdminError('INVALID_PARAM', 'data must be an array');
  const documents = data.map((text: unknown) => withId(decodeEjson('data', text, context.nowMs)));
  documents.forEach(checkDocumentSize);
  await inWrite(name, () =>
    context.store.write(
      name,
      (collection) => {
        const ids = new Set<unknown>();
        for (const document of documents) {
          if (ids.has(document._id) || collection.get(document._id) !== undefined) {
            throw duplicateId(name, document._id);
          }
          ids.add(document._id);
          collection.put(document);
        }
      },
      transactionOf(body),
    ),
  );
  return { data: { insertedIds: documents.map(({ _id }) => _id) }, matched: documents.length };
};

export const modifyDocument: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  const { multi, merge, upsert } = body;
  const change = changeOf(body, context, merge === true);
  const limit = multi === true ? Infinity : 1;
  return inWrite(name, () =>
    context.store.write(
      name,
      (collection): ActionResult => {
        const { documents, cost } = findDocuments(collection, { query, limit });
        let updated = 0;
        for (const document of documents) {
          if (putChanged(collection, change(document, query, false))) updated += 1;
        }
        if (documents.length > 0 || upsert !== true) {
          return { data: { updated }, matched: documents.length, cost };
        }
        const inserted = withId({ _id: query['_id'] });
        putChanged(collection, change(inserted, query, true) ?? inserted);
        return { data: { updated: 0, upsert_id: inserted._id }, matched: 1, cost };
      },
      transactionOf(body),
    ),
  );
};

/** Changes one document and answers what it is then. */
export const modifyAndReturnDoc: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  const change = changeOf(body, context, true);
  return inWrite(name, () =>
    context.store.write(
      name,
      (collection): ActionResult => {
        const { documents, cost } = findDocuments(collection, { query, limit: 1 });
        const [document] = documents;
        if (document === undefined) {
          return { data: { updated: 0, doc: null }, matched: 0, cost };
        }
        const changed = putChanged(collection, change(document, query, false));
        const data = { updated: Number(changed), doc: encodeEjson(document) };
        return { data, matched: 1, cost };
      },
      transactionOf(body),
    ),
  );
};

export const removeDocument: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  // A removal of one document names it by its id; every other removes all that match.
  const limit = body['multi'] === false ? 1 : Infinity;
  return inWrite(name, () =>
    context.store.write(
      name,
      (collection): ActionResult => {
        const { documents, cost }: Found = findDocuments(collection, { query, limit });
        for (const { _id } of documents) collection.remove(_id);
        return { data: { deleted: documents.length }, matched: documents.length, cost };
      },
      transactionOf(body),
    ),
  );
};

/** What is made of one document; `undefined` when it stays as it is. */
type ChangeOne = (document: Document, query: Fields, isInsert: boolean) => Document | undefined;

/** @param isMerge operators are applied to the document; if not, it is replaced */
function changeOf(body: Fields, context: ActionContext, isMerge: boolean): ChangeOne {
  const { nowMs } = context;
  const data = decodeEjson('data', body['data'], nowMs);
  const hasOperators = Object.keys(data).some((key) => key.startsWith('$'));
  if (isMerge ? !hasOperators : hasOperators) {
    const rule = isMerge ? 'only operators' : 'no operators';
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      `the document of this update must have ${rule}`,
    );
  }
  if (!isMerge) return ({ _id }) => ({ ...data, _id });
  return (document, query, isInsert) =>
    applyUpdate(document, data, query, { isInsert, nowMs }) ? document : undefined;
}

function putChanged(collection: Collection, changed: Document | undefined): boolean {
  if (changed === undefined) return false;
  checkDocumentSize(changed);
  collection.put(changed);
  return true;
}

/** The platform makes ids of 32 hexadecimal digits. */
function withId(fields: Fields): Document {
  return { ...fields, _id: fields['_id'] ?? randomBytes(16).toString('hex') };
}
