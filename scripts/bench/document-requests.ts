/** The same operations as the local cloud and the bare server beside it take them. */
import { EJSON } from 'bson';

export const SIDES = ['cloud', 'peer'] as const;
export type Side = (typeof SIDES)[number];

export interface DocumentRequest {
  path: string;
  body: string;
}

const DOCUMENTS = 1_000;
/** Five documents have each of these times. */
const TIMES = DOCUMENTS / 5;

const session = (n: number): object => ({
  openid: `o${n}`,
  tokenHash: 'x'.repeat(43),
  state: 'active',
  device: { name: 'iPhone 15', platform: 'ios' },
  createdAt: new Date(0),
  expiresAt: new Date(n % TIMES),
});
/** Their order is also that of insertion, in which the local cloud returns them. */
const idOf = (n: number): string => `d${String(n % DOCUMENTS).padStart(6, '0')}`;

const ejson = (value: object): string => EJSON.stringify(value, { relaxed: false });
const toCloud = (action: string, collection: string, body: object): DocumentRequest => ({
  path: '/admin',
  body: JSON.stringify({ action: `database.${action}`, collectionName: collection, ...body }),
});
const toPeer = (path: string, body: object): DocumentRequest => ({
  path,
  body: JSON.stringify(body),
});

type Operation = Readonly<Record<Side, (n: number) => DocumentRequest>>;

const set: Operation = {
  cloud: (n) =>
    toCloud('modifyDocument', 'documents', {
      query: ejson({ _id: idOf(n) }),
      data: ejson(session(n)),
      upsert: true,
    }),
  peer: (n) => toPeer('/set', { _id: idOf(n), ...session(n) }),
};

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'read by id': {
    cloud: (n) => toCloud('getDocument', 'documents', { query: ejson({ _id: idOf(n) }), limit: 1 }),
    peer: (n) => toPeer('/read', { id: idOf(n) }),
  },
  add: {
    cloud: (n) => toCloud('insertDocument', 'documents', { data: [ejson(session(n))] }),
    peer: (n) => toPeer('/add', session(n)),
  },
  'set by id': set,
  'update by id': {
    cloud: (n) =>
      toCloud('modifyDocument', 'documents', {
        query: ejson({ _id: idOf(n) }),
        data: ejson({ $set: { renewedAt: new Date(n) } }),
        merge: true,
        multi: false,
      }),
    peer: (n) => toPeer('/update', { id: idOf(n), set: { renewedAt: new Date(n) } }),
  },
  'find five by an index': {
    cloud: (n) =>
      toCloud('getDocument', 'sessions', { query: ejson({ expiresAt: new Date(n % TIMES) }) }),
    peer: (n) => toPeer('/find', { expiresAt: new Date(n % TIMES) }),
  },
};

/** Sent once: what the operations find. */
export function fillingRequests(side: Side): DocumentRequest[] {
  const numbers = Array.from({ length: DOCUMENTS }, (_, n) => n);
  const indexed = (n: number): DocumentRequest =>
    side === 'cloud'
      ? toCloud('insertDocument', 'sessions', { data: [ejson({ _id: idOf(n), ...session(n) })] })
      : toPeer('/session', { _id: idOf(n), ...session(n) });
  return numbers.flatMap((n) => [set[side](n), indexed(n)]);
}

/** The documents of a reply to a read or a search, as JSON has them. */
export function documentsOf(side: Side, reply: string): unknown {
  if (side === 'peer') return JSON.parse(reply);
  const { data } = JSON.parse(reply) as { data: { list: string[] } };
  const documents: unknown[] = data.list.map((text): unknown => EJSON.parse(text));
  return JSON.parse(JSON.stringify(documents));
}
