/** The actions of the admin protocol on documents. Each takes the decoded body of its request. */
import { randomBytes } from 'node:crypto';
import { Query } from 'mingo';
import { update as applyOperators } from 'mingo/updater';
import type { Document, DocumentStore } from '../state/document-store';
import { AdminError } from './admin-error';
import { decodeEjson, encodeEjson, type Fields } from './ejson';
import { matching } from './matching';

export interface ActionContext {
  store: DocumentStore;
  nowMs: number;
}

/** `data` goes to the SDK; `matched` to the log of calls. */
export interface ActionResult {
  data: Fields;
  matched: number;
}

type Action = (body: Fields, context: ActionContext) => ActionResult | Promise<ActionResult>;

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
const COLLECTION_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$/;

export const actions: Readonly<Record<string, Action>> = {
  'database.addCollection': async (body, { store }) => {
    const { collectionName: name } = body;
    if (typeof name !== 'string' || !COLLECTION_NAME.test(name)) {
      throw new AdminError('INVALID_PARAM', 'collectionName is no name of a collection');
    }
    if (!(await store.addCollection(name))) {
      throw new AdminError(
        'DATABASE_COLLECTION_ALREADY_EXIST',
        `collection ${name} already exists`,
      );
    }
    return { data: {}, matched: 0 };
  },

  'database.getDocument': (body, context) => {
    const name = existingCollection(body, context);
    const query = queryOf(body, context);
    const { order, projection, offset, limit } = body;
    const sort = order === undefined ? undefined : decodeEjson('order', order, context.nowMs);
    const fields =
      projection === undefined ? undefined : decodeEjson('projection', projection, context.nowMs);
    const found = context.store.read(name, (collection) => {
      let cursor = new Query<Fields>({}, {}).find<Fields>(
        matching(collection, query),
        fields ?? {},
      );
      if (sort !== undefined) cursor = cursor.sort(sort);
      return cursor
        .skip(wholeNumber(offset, 0))
        .limit(Math.min(wholeNumber(limit, DEFAULT_LIMIT), MAX_LIMIT))
        .all();
    });
    return { data: { list: found.map(encodeEjson) }, matched: found.length };
  },

  'database.calculateDocument': (body, context) => {
    const name = existingCollection(body, context);
    const query = queryOf(body, context);
    const total = context.store.read(name, (collection) => [...matching(collection, query)].length);
    return { data: { total }, matched: total };
  },

  'database.insertDocument': async (body, context) => {
    const name = existingCollection(body, context);
    const { data } = body;
    if (!Array.isArray(data)) throw new AdminError('INVALID_PARAM', 'data must be an array');
    const documents = data.map((text: unknown) => withId(decodeEjson('data', text, context.nowMs)));
    await context.store.write(name, (collection) => {
      const ids = new Set<unknown>();
      for (const document of documents) {
        if (ids.has(document._id) || collection.get(document._id) !== undefined)
          throw duplicate(name, document._id);
        ids.add(document._id);
        collection.put(document);
      }
    });
    return { data: { insertedIds: documents.map(({ _id }) => _id) }, matched: documents.length };
  },

  'database.modifyDocument': async (body, context) => {
    const name = existingCollection(body, context);
    const query = queryOf(body, context);
    const data = decodeEjson('data', body['data'], context.nowMs);
    const { multi, merge, upsert } = body;
    const hasOperators = Object.keys(data).some((key) => key.startsWith('$'));
    if (merge === true ? !hasOperators : hasOperators) {
      const rule = merge === true ? 'only operators' : 'no operators';
      throw new AdminError(
        'DATABASE_REQUEST_FAILED',
        `the document of this update must have ${rule}`,
      );
    }
    return context.store.write(name, (collection) => {
      let updated = 0;
      let found = 0;
      for (const document of matching(collection, query)) {
        found += 1;
        const changed =
          merge === true ? updatedByOperators(document, data) : { ...data, _id: document._id };
        if (changed !== undefined) {
          collection.put(changed);
          updated += 1;
        }
        if (multi !== true) break;
      }
      if (found > 0 || upsert !== true) return { data: { updated }, matched: found };
      const inserted = withId(
        merge === true
          ? (updatedByOperators({ _id: query['_id'] }, data) ?? {})
          : { ...data, _id: query['_id'] },
      );
      collection.put(inserted);
      return { data: { updated: 0, upsert_id: inserted._id }, matched: 1 };
    });
  },

  'database.removeDocument': async (body, context) => {
    const name = existingCollection(body, context);
    const query = queryOf(body, context);
    const deleted = await context.store.write(name, (collection) => {
      let count = 0;
      for (const { _id } of matching(collection, query)) {
        collection.remove(_id);
        count += 1;
        // A removal of one document names it by its id; every other removes all that match.
        if (body['multi'] === false) break;
      }
      return count;
    });
    return { data: { deleted }, matched: deleted };
  },
};

function existingCollection(body: Fields, { store }: ActionContext): string {
  const { collectionName: name } = body;
  if (typeof name !== 'string' || name === '') {
    throw new AdminError('INVALID_PARAM', 'collectionName must be a string');
  }
  if (!store.hasCollection(name)) {
    throw new AdminError(
      'DATABASE_COLLECTION_NOT_EXIST',
      `Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
    );
  }
  return name;
}

function queryOf({ query = '{}' }: Fields, { nowMs }: ActionContext): Fields {
  return decodeEjson('query', query, nowMs);
}

/** `undefined` when the operators change nothing: the platform does not count such a document as updated. */
function updatedByOperators(document: Document, operators: Fields): Document | undefined {
  try {
    const paths = applyOperators<Fields>(document, operators);
    return paths.length === 0 ? undefined : document;
  } catch (error) {
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** The platform makes ids of 32 hexadecimal digits. */
function withId(fields: Fields): Document {
  return { ...fields, _id: fields['_id'] ?? randomBytes(16).toString('hex') };
}

function duplicate(name: string, id: unknown): AdminError {
  const shown = JSON.stringify(id);
  return new AdminError(
    'DATABASE_DUPLICATE_WRITE',
    `E11000 duplicate key error collection: ${name} index: _id_ dup key: { _id: ${shown} }`,
  );
}

function wholeNumber(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
}
