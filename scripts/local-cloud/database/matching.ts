/** Which documents a query means. */
import { Query } from 'mingo';
import type { Collection, Document } from '../state/document-store';
import { AdminError } from './admin-error';
import { isFields, type Fields } from './ejson';

/** The documents that match, found by key when the query names ids, else by looking at all. */
export function* matching(collection: Collection, query: Fields): Iterable<Document> {
  const test = testFor(query);
  const ids = idsNamedBy(query);
  if (ids === undefined) {
    for (const document of collection.all()) if (test(document)) yield document;
    return;
  }
  for (const id of ids) {
    const document = collection.get(id);
    if (document !== undefined && test(document)) yield document;
  }
}

function testFor(query: Fields): (document: Document) => boolean {
  try {
    const compiled = new Query<Fields>(query, {});
    return (document) => compiled.test(document);
  } catch (error) {
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** The only ids that can match, when the query says so; `undefined` when it does not. */
function idsNamedBy(query: Fields): unknown[] | undefined {
  const { _id: condition, $and: all } = query;
  if (condition !== undefined) {
    if (!isFields(condition)) return [condition];
    if ('$eq' in condition) return [condition['$eq']];
    const { $in: list } = condition;
    if (Array.isArray(list)) return [...new Set<unknown>(list)];
  }
  if (!Array.isArray(all)) return undefined;
  for (const part of all as unknown[]) {
    const ids = isFields(part) ? idsNamedBy(part) : undefined;
    if (ids !== undefined) return ids;
  }
  return undefined;
}
