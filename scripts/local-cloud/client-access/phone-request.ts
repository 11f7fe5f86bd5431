/**
 * What becomes of a request of a phone's own database: it is refused, or changed into the one that
 * the database answers, which can do no more than its permission allows.
 *
 * The basic permissions restrict silently, as documented: reads and writes get the condition that
 * `_openid` is the person's. Security rules refuse what the query does not promise.
 */
import { isFields, type Fields } from '../bson/fields';
import { AdminError } from '../protocol/admin-error';
import { Access, denied, type AccessContext } from './access';
import type { Verb } from './permissions';
import { collectionsOf, queryOfPipeline, withPipelineQuery } from './pipelines';

export interface PhoneContext extends AccessContext {
  /** Nobody without it: a mini program that was opened from a shared picture, say. */
  openid: string | undefined;
}

/** More is never returned to a phone at once, whatever it asks for. */
const MAX_DOCUMENTS = 20;
/** As many as one request gets; the cloud lets a watch have 5,000. */
const MAX_WATCHED_DOCUMENTS = 1_000;

/** In a condition, it stands for the person. */
const OPENID_PLACEHOLDER = '{openid}';

/** @throws AdminError for what the phone may not do */
export function phoneRequest(body: Fields, context: PhoneContext): Fields {
  const { action, collectionName } = body;
  const change = typeof action === 'string' ? ACTIONS.get(action) : undefined;
  if (change === undefined || body['transactionId'] !== undefined) {
    const asked = change === undefined ? `the action ${String(action)}` : 'a transaction';
    throw new AdminError('INVALID_ACTION', `a mini program has no ${asked}`);
  }
  const { openid, store } = context;
  if (openid === undefined) throw denied();
  const name = typeof collectionName === 'string' ? collectionName : '';
  // The database says that there is no such collection.
  if (!store.hasCollection(name)) return { action, collectionName };
  return { action, collectionName, ...change(body, new Access(name, openid, context)) };
}

type Change = (body: Fields, access: Access) => Fields;

const ACTIONS = new Map<string, Change>([
  ['database.getDocument', find],
  [
    'database.calculateDocument',
    ({ query }, access) => ({ query: condition(access, 'read', query) }),
  ],
  ['database.aggregateDocuments', aggregate],
  ['database.insertDocument', insert],
  [
    'database.modifyDocument',
    (body, access) => (body['merge'] === true ? update : replace)(body, access),
  ],
  [
    'database.removeDocument',
    ({ query, multi }, access) => ({ query: condition(access, 'delete', query), multi }),
  ],
]);

function find({ query, order, offset, projection, limit, watch }: Fields, access: Access): Fields {
  const most = typeof watch === 'string' ? MAX_WATCHED_DOCUMENTS : MAX_DOCUMENTS;
  const wanted = Number.isInteger(limit) && Number(limit) >= 0 ? Number(limit) : most;
  return {
    query: condition(access, 'read', query),
    order,
    offset,
    projection,
    limit: Math.min(wanted, most),
  };
}

function aggregate({ stages }: Fields, access: Access): Fields {
  if (!Array.isArray(stages)) return { stages };
  const decoded = stages.map((stage: unknown): Fields => {
    const { stageKey, stageValue } = isFields(stage) ? stage : {};
    return { [String(stageKey)]: withPerson(access, parseJson('stageValue', stageValue)) };
  });
  for (const other of decoded.flatMap(collectionsOf)) access.requireOpen(other);
  const query = queryOfPipeline(decoded);
  const isOwn = access.require('read', query);
  const changed = isOwn ? withPipelineQuery(decoded, onlyOf(access, query)) : decoded;
  return {
    stages: changed.flatMap((stage) =>
      Object.entries(stage).map(([stageKey, value]) => ({
        stageKey,
        stageValue: JSON.stringify(value),
      })),
    ),
  };
}

function insert({ data }: Fields, access: Access): Fields {
  const [text, ...more] = Array.isArray(data) ? (data as unknown[]) : [];
  if (typeof text !== 'string' || more.length > 0) {
    throw new AdminError('INVALID_PARAM', 'a mini program adds one document at a time');
  }
  const document = createdBy(access.openid, parseObject('data', text));
  access.requireCreate(document);
  return { data: [JSON.stringify(document)] };
}

function update({ query, data, multi }: Fields, access: Access): Fields {
  const changes = parseObject('data', data);
  for (const fields of Object.values(changes)) refuseCreator(fields);
  refuseCreator(swapped(changes['$rename']));
  const set = isFields(changes['$set']) ? changes['$set'] : {};
  return { query: condition(access, 'update', query, set), data, multi, merge: true };
}

/** `doc(id).set`: replaces a document, or creates it. */
function replace({ query, data }: Fields, access: Access): Fields {
  const existing = access.existing(idOf(access, parseObject('query', query)));
  access.requireReplaceable(existing);
  const creator = existing === undefined ? access.openid : existing['_openid'];
  const document = createdBy(creator, parseObject('data', data));
  if (existing === undefined) access.requireCreate(document);
  const own = condition(access, 'update', query, document);
  return {
    query: own,
    data: JSON.stringify(document),
    multi: false,
    merge: false,
    upsert: true,
  };
}

/**
 * @returns the condition with which the database is asked
 * @throws AdminError
 */
function condition(access: Access, verb: Verb, text: unknown, data?: Fields): string {
  const query = withPerson(access, parseObject('query', text)) as Fields;
  const isOwn = access.require(verb, query, data);
  return JSON.stringify(isOwn ? onlyOf(access, query) : query);
}

function onlyOf({ openid }: Access, query: Fields): Fields {
  return '_openid' in query
    ? { $and: [query, { _openid: openid }] }
    : { ...query, _openid: openid };
}

function withPerson(access: Access, value: unknown): unknown {
  if (value === OPENID_PLACEHOLDER) return access.openid;
  if (Array.isArray(value)) return value.map((item: unknown) => withPerson(access, item));
  if (!isFields(value)) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, withPerson(access, part)]);
  return Object.fromEntries(parts) as Fields;
}

/** @throws AdminError when it names a creator of its own */
function createdBy(creator: unknown, document: Fields): Fields {
  refuseCreator(document);
  return { ...document, ...(creator !== undefined && { _openid: creator }) };
}

/** @throws AdminError when the creator, which never changes, is among the fields */
function refuseCreator(fields: unknown): void {
  if (!isFields(fields)) return;
  if (Object.keys(fields).some((path) => path.split('.')[0] === '_openid')) {
    throw new AdminError('INVALID_PARAM', 'Invalid Key Name: _openid');
  }
}

/**
 * Any other condition could be met by documents that were not looked at.
 *
 * @throws AdminError unless the query is an id and nothing else
 */
function idOf(access: Access, query: Fields): string | number {
  const { _id: id, ...others } = access.decode(query);
  const isId = typeof id === 'string' || typeof id === 'number';
  if (isId && Object.keys(others).length === 0) return id;
  throw new AdminError('INVALID_PARAM', 'a document is replaced by its _id');
}

function swapped(names: unknown): Fields {
  const pairs = isFields(names) ? Object.entries(names) : [];
  return Object.fromEntries(pairs.map(([from, to]) => [String(to), from]));
}

/** JSON, so that the types of EJSON stay as they were sent. */
function parseJson(name: string, text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new AdminError('INVALID_PARAM', `${name} is not EJSON`);
  }
}

function parseObject(name: string, text: unknown = '{}'): Fields {
  const value = parseJson(name, text);
  if (isFields(value)) return value;
  throw new AdminError('INVALID_PARAM', `${name} must be an object`);
}
