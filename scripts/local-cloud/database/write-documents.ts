/** The actions behind `add`, `set`, `update`, `remove` and `updateAndReturn`. */
import type { Fields } from '../bson/fields';
import { AdminError } from '../protocol/admin-error';
import { decodeEjson, encodeEjson } from '../protocol/ejson';
import { insertAll, withId } from './insert';
import { findDocuments } from './query/find-documents';
import {
  existingCollection,
  queryOf,
  transactionOf,
  type Action,
  type ActionContext,
  type ActionResult,
} from './request';
import type { Document } from './store/collection';
import { compileUpdate } from './update/apply-update';
import { inWrite } from './write-errors';

export const insertDocument: Action = async (body, context) => {
  const name = existingCollection(body, context);
  const { data } = body;
  if (!Array.isArray(data)) throw new AdminError('INVALID_PARAM', 'data must be an array');
  const documents = data.map((text: unknown) => withId(decodeEjson('data', text, context.nowMs)));
  await inWrite(name, () =>
    context.store.write(
      name,
      (collection) => insertAll(collection, documents),
      transactionOf(body),
    ),
  );
  return { data: { insertedIds: documents.map(({ _id }) => _id) }, matched: documents.length };
};

export const modifyDocument: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  const isMerge = body['merge'] === true;
  const modification = modificationOf(body, context, isMerge);
  const limit = body['multi'] === true ? Infinity : 1;
  return inWrite(name, () =>
    context.store.write(
      name,
      (collection): ActionResult => {
        const { documents, cost } = findDocuments(collection, { query, limit });
        const isInsert = documents.length === 0;
        if (isInsert && body['upsert'] !== true) return { data: { updated: 0 }, matched: 0, cost };
        const modify = modification(query.fields, isInsert);
        if (isInsert) {
          const inserted = withId({ _id: query.fields['_id'] });
          modify(inserted);
          insertAll(collection, [inserted]);
          return { data: { updated: 0, upsert_id: inserted._id }, matched: 1, cost };
        }
        const changed = documents.filter((document) => collection.change(document, modify));
        // A replaced document always counts as updated, one that is merged only if it changes.
        const updated = isMerge ? changed.length : documents.length;
        return { data: { updated }, matched: documents.length, cost };
      },
      transactionOf(body),
    ),
  );
};

/** Changes one document, and returns the result. */
export const modifyAndReturnDoc: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  const modification = modificationOf(body, context, true);
  return inWrite(name, () =>
    context.store.write(
      name,
      (collection): ActionResult => {
        const { documents, cost } = findDocuments(collection, { query, limit: 1 });
        const [document] = documents;
        if (document === undefined) {
          return { data: { updated: 0, doc: null }, matched: 0, cost };
        }
        collection.change(document, modification(query.fields, false));
        return { data: { updated: 1, doc: encodeEjson(document) }, matched: 1, cost };
      },
      transactionOf(body),
    ),
  );
};

export const removeDocument: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  // Only the removal of a single document, by its id, sets "multi" to false.
  const limit = body['multi'] === false ? 1 : Infinity;
  return inWrite(name, () =>
    context.store.write(
      name,
      (collection): ActionResult => {
        const { documents, cost } = findDocuments(collection, { query, limit });
        for (const { _id } of documents) collection.remove(_id);
        return { data: { deleted: documents.length }, matched: documents.length, cost };
      },
      transactionOf(body),
    ),
  );
};

/** Compiles the modification of a request; `isInsert` when a document is upserted. */
type Modification = (query: Fields, isInsert: boolean) => (document: Document) => void;

/** @param isMerge whether operators change the document, or `data` replaces it */
function modificationOf(body: Fields, { nowMs }: ActionContext, isMerge: boolean): Modification {
  const data = decodeEjson('data', body['data'], nowMs);
  if (isMerge && Object.keys(data).length === 0) {
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      'the update has no fields: fields that are undefined are not sent',
    );
  }
  const hasOperators = Object.keys(data).some((key) => key.startsWith('$'));
  if (isMerge ? !hasOperators : hasOperators) {
    const rule = isMerge ? 'only operators' : 'no operators';
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      `the document of this update must have ${rule}`,
    );
  }
  if (!isMerge) return () => (document) => replaceFields(document, data);
  return (query, isInsert) => compileUpdate(data, query, { isInsert, nowMs });
}

/** All but the id. */
function replaceFields(document: Document, data: Fields): void {
  const fields = { ...data, _id: document._id };
  for (const name of Object.keys(document)) Reflect.deleteProperty(document, name);
  // `Object.assign` would take a field `__proto__` for the prototype.
  Object.defineProperties(document, Object.getOwnPropertyDescriptors(fields));
}
