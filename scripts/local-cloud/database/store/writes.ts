/** What a change of a document writes into the tables. */
import type { IndexedChange } from './collection-indexes';
import type { OpenCollection } from './collection-view';
import { decodeDocument } from './stored-document';
import type { Change } from './transactions';

/** A change, with the numbers of the document in the order of insertion. */
export interface Write extends IndexedChange {
  key: string;
  bytes: Buffer | undefined;
}

export function plannedWrite(change: Change, { records, indexes }: OpenCollection): Write {
  const { key, stored, isMoved } = change;
  const before = change.before ?? asStored(key, { records, indexes });
  if (stored === undefined) return { key, bytes: undefined, before, after: undefined };
  const record = before === undefined || isMoved === true ? records.next() : before.record;
  return { key, bytes: stored.bytes, before, after: { record, document: stored.document } };
}

function asStored(key: string, { records, indexes }: OpenCollection): Change['before'] {
  const record = records.numberOf(key);
  if (record === undefined) return undefined;
  const bytes = indexes.usable.length === 0 ? undefined : records.get(record);
  return { record, entries: bytes === undefined ? [] : indexes.entriesOf(decodeDocument(bytes)) };
}

export function perform({ key, bytes, before, after }: Write, { records }: OpenCollection): void {
  if (before !== undefined && before.record !== after?.record) records.remove(key, before.record);
  if (after === undefined || bytes === undefined) return;
  if (before?.record === after.record) records.replace(after.record, bytes);
  else records.put(key, after.record, bytes);
}

/** Of several changes to one document only the last one counts. */
export function lastOfEach(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.key, change])).values()];
}
