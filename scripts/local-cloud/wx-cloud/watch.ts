/**
 * `watch`: what a query finds, now and after each change. The cloud tells the phone; here the phone
 * asks again. (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/collection/Collection.watch.html)
 */
import type { RunCallback } from './answer';
import { failureOf, type CloudError } from './cloud-error';

export interface WatchOptions {
  onChange: (snapshot: Snapshot) => void;
  onError: (error: CloudError) => void;
}

export interface Snapshot {
  id: number;
  type?: 'init';
  docs: readonly Doc[];
  docChanges: readonly Change[];
}

export interface Change {
  id: number;
  queueType: 'init' | 'update' | 'enqueue' | 'dequeue';
  /** A document that comes in counts as added, one that goes as removed. */
  dataType: 'init' | 'update' | 'add' | 'remove';
  docId: string;
  doc: Doc;
  updatedFields?: Record<string, unknown>;
  removedFields?: readonly string[];
}

export interface RealtimeListener {
  close: () => Promise<void>;
}

type Doc = Record<string, unknown>;

/** Refusals end a watch; anything else may pass. */
const FINAL = [-501007, -502001, -502003, -502005];

/** @param read what the query finds; `isFirst` in the first call */
export function watch(
  api: string,
  options: unknown,
  read: (isFirst: boolean) => Promise<readonly Doc[]>,
  { runCallback, pollMs }: { runCallback: RunCallback; pollMs: number },
): RealtimeListener {
  const { onChange, onError } = (options ?? {}) as Partial<WatchOptions>;
  if (typeof onChange !== 'function' || typeof onError !== 'function') {
    throw new Error(`${api}: onChange and onError must be functions`);
  }
  let closed = false;
  let known: readonly Doc[] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;

  const tell = (docs: readonly Doc[]): void => {
    const before = known;
    known = docs;
    const changes = before === undefined ? docs.map(initial) : changesOf(before, docs);
    if (before !== undefined && changes.length === 0) return;
    const id = lastId++;
    runCallback(`onChange of ${api}`, () =>
      onChange({
        id,
        ...(before === undefined && { type: 'init' }),
        docs,
        docChanges: changes.map((change, index) => ({ id: index, ...change })),
      }),
    );
  };
  const poll = async (): Promise<void> => {
    try {
      const docs = await read(known === undefined);
      // It may have been closed meanwhile.
      if (!isClosed()) tell(docs);
    } catch (error) {
      const failure = failureOf(api, error);
      if (!isClosed() && FINAL.includes(failure.errCode)) {
        closed = true;
        runCallback(`onError of ${api}`, () => onError(failure));
      }
    }
    if (!isClosed()) timer = setTimeout(() => void poll(), pollMs);
  };
  const isClosed = (): boolean => closed;
  void poll();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}

type UnnumberedChange = Omit<Change, 'id'>;

function initial(doc: Doc): UnnumberedChange {
  return { queueType: 'init', dataType: 'init', docId: String(doc['_id']), doc };
}

function changesOf(before: readonly Doc[], after: readonly Doc[]): UnnumberedChange[] {
  const byId = (docs: readonly Doc[]): Map<string, Doc> =>
    new Map(docs.map((doc) => [String(doc['_id']), doc]));
  const [old, current] = [byId(before), byId(after)];
  const gone = [...old]
    .filter(([docId]) => !current.has(docId))
    .map(([docId, doc]): UnnumberedChange => {
      return { queueType: 'dequeue', dataType: 'remove', docId, doc };
    });
  const others = [...current].flatMap(([docId, doc]): UnnumberedChange[] => {
    const previous = old.get(docId);
    if (previous === undefined) return [{ queueType: 'enqueue', dataType: 'add', docId, doc }];
    const names = Object.keys(doc).filter((name) => !same(previous[name], doc[name]));
    const removedFields = Object.keys(previous).filter((name) => !(name in doc));
    if (names.length === 0 && removedFields.length === 0) return [];
    const updatedFields = Object.fromEntries(names.map((name) => [name, doc[name]]));
    return [{ queueType: 'update', dataType: 'update', docId, doc, updatedFields, removedFields }];
  });
  return [...gone, ...others];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
