/**
 * What becomes of a request of a phone's own database: it is refused, or changed into the one that
 * the database answers, which can do no more than its permission allows.
 *
 * The basic permissions restrict silently, as documented: reads and writes get the condition that
 * `_openid` is the person's. Security rules refuse what the query does not promise.
 */
import { isFields, type Fields } from '../bson/fields';
import type { DocumentStore } from '../database/store/document-store';
import { AdminError } from '../protocol/admin-error';
import { decodeEjson } from '../protocol/ejson';
import type { CheckedPermission, Permissions, Verb } from './permissions';
import { holds, type RuleScope } from './rules/prove-rule';
import { branchesOf, type Branch } from './rules/query-branches';
import { collectionsOf, queryOfPipeline, withPipelineQuery } from './pipelines';

export interface PhoneContext {
  store: DocumentStore;
  permissions: Permissions;
  /** Nobody without it: a mini program that was opened from a shared picture, say. */
  openid: string | undefined;
  nowMs: number;
}

/** More is never returned to a phone at once, whatever it asks for. */
const MAX_DOCUMENTS = 20;
/** That the `get` of a rule reads for one request: https://docs.cloudbase.net/rule/reference/function. */
const MAX_DOCUMENTS_OF_RULE = 10;
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
  return {
    action,
    collectionName,
    ...change(body, new Access(name, openid, context)),
  };
}

const ACTIONS = new Map<string, (body: Fields, access: Access) => Fields>([
  [
    'database.getDocument',
    (body, access) => {
      const { order, offset, projection, limit, watch } = body;
      const most = typeof watch === 'string' ? MAX_WATCHED_DOCUMENTS : MAX_DOCUMENTS;
      const wanted = typeof limit === 'number' ? limit : most;
      const query = access.query('read', textOr('{}', body['query']));
      return { query, order, offset, projection, limit: Math.min(wanted, most) };
    },
  ],
  [
    'database.calculateDocument',
    (body, access) => ({ query: access.query('read', textOr('{}', body['query'])) }),
  ],
  ['database.aggregateDocuments', (body, access) => access.pipeline(body)],
  ['database.insertDocument', (body, access) => access.insert(body)],
  [
    'database.modifyDocument',
    (body, access) => (body['merge'] === true ? access.update(body) : access.replace(body)),
  ],
  [
    'database.removeDocument',
    ({ query, multi }, access) => ({ query: access.query('delete', textOr('{}', query)), multi }),
  ],
]);

class Access {
  readonly #permission: CheckedPermission;

  constructor(
    name: string,
    private readonly openid: string,
    private readonly context: PhoneContext,
  ) {
    this.name = name;
    this.#permission = context.permissions.of(name);
  }

  private readonly name: string;

  /** @returns the condition with which the database is asked */
  query(verb: Verb, text: string, data?: Fields): string {
    const query = parseObject('query', text);
    const own = this.#withPerson(query) as Fields;
    const isOwn = this.#require(verb, own, data);
    return JSON.stringify(isOwn ? onlyOf(this.openid, own) : own);
  }

  pipeline({ stages }: Fields): Fields {
    if (!Array.isArray(stages)) return { stages };
    const decoded = stages.map((stage: unknown): Fields => {
      const { stageKey, stageValue } = isFields(stage) ? stage : {};
      return { [String(stageKey)]: this.#withPerson(parseJson('stageValue', stageValue)) };
    });
    for (const other of decoded.flatMap(collectionsOf)) this.#requireOpen(other);
    const query = queryOfPipeline(decoded);
    const isOwn = this.#require('read', query);
    const changed = isOwn ? withPipelineQuery(decoded, onlyOf(this.openid, query)) : decoded;
    return {
      stages: changed.flatMap((stage) =>
        Object.entries(stage).map(([stageKey, value]) => ({
          stageKey,
          stageValue: JSON.stringify(value),
        })),
      ),
    };
  }

  insert({ data }: Fields): Fields {
    const [text, ...more] = Array.isArray(data) ? (data as unknown[]) : [];
    if (typeof text !== 'string' || more.length > 0) {
      throw new AdminError('INVALID_PARAM', 'a mini program adds one document at a time');
    }
    const document = this.#owned(parseObject('data', text), this.openid);
    this.#requireCreate(document);
    return { data: [JSON.stringify(document)] };
  }

  update({ query, data, multi }: Fields): Fields {
    const text = textOr('{}', data);
    const update = parseObject('data', text);
    for (const fields of Object.values(update)) refuseKeptFields(fields);
    refuseKeptFields(swapped(update['$rename']));
    const set = isFields(update['$set']) ? update['$set'] : {};
    return {
      query: this.query('update', textOr('{}', query), set),
      data: text,
      multi,
      merge: true,
    };
  }

  /** `doc(id).set`: replaces a document, or creates it. */
  replace({ query, data }: Fields): Fields {
    const text = textOr('{}', query);
    const existing = this.#existing(text);
    const given = parseObject('data', textOr('{}', data));
    // A document of somebody else must not be replaced because the person's own is not found.
    const isOthers = existing !== undefined && existing['_openid'] !== this.openid;
    if (isOthers && typeof this.#permission === 'string') throw denied();
    const creator = existing === undefined ? this.openid : existing['_openid'];
    const document = this.#owned(given, creator);
    if (existing === undefined) this.#requireCreate(document);
    const condition = this.query('update', text, document);
    return {
      query: existing === undefined ? text : condition,
      data: JSON.stringify(document),
      multi: false,
      merge: false,
      upsert: true,
    };
  }

  /**
   * @returns whether only the person's own documents may be touched
   * @throws AdminError
   */
  #require(verb: Verb, query: Fields, data?: Fields): boolean {
    const permission = this.#permission;
    if (typeof permission !== 'string') {
      this.#requireRule(verb, branchesOf(this.#decode(query)), data);
      return false;
    }
    const isRead = verb === 'read';
    if (permission === 'ADMINONLY' || (permission === 'ADMINWRITE' && !isRead)) throw denied();
    return permission === 'PRIVATE' || !isRead;
  }

  /** `doc` of such a rule has only what the cloud adds; the rest is `request.data`. */
  #requireCreate(document: Fields): void {
    const permission = this.#permission;
    if (typeof permission === 'string') this.#require('create', {});
    else {
      const branch: Branch = [{ path: '_openid', operator: '==', value: this.openid }];
      this.#requireRule('create', [branch], document);
    }
  }

  #requireRule(verb: Verb, branches: readonly Branch[], data?: Fields): void {
    const permission = this.#permission;
    if (typeof permission === 'string') return;
    const request = data === undefined ? {} : { data: this.#decode(data) };
    const scope = this.#scope(request);
    if (!branches.every((branch) => holds(permission[verb], branch, scope))) throw denied();
  }

  /** `lookup` shows documents of another collection: everybody must be allowed to read it. */
  #requireOpen(name: string): void {
    const permission = this.context.permissions.of(name);
    const isOpen =
      typeof permission === 'string'
        ? permission === 'READONLY' || permission === 'ADMINWRITE'
        : holds(permission.read, [], this.#scope({}));
    if (!isOpen) throw denied();
  }

  #scope(request: RuleScope['request']): RuleScope {
    const { store, nowMs } = this.context;
    const read = new Set<string>();
    return {
      auth: { openid: this.openid },
      now: nowMs,
      request,
      get: (collection, id) => {
        if (read.add(`${collection}.${id}`).size > MAX_DOCUMENTS_OF_RULE) throw denied();
        return store.hasCollection(collection)
          ? store.read(collection, (documents) => documents.get(id))
          : undefined;
      },
    };
  }

  #existing(query: string): Fields | undefined {
    const { _id } = decodeEjson('query', query, this.context.nowMs);
    return this.context.store.read(this.name, (documents) => documents.get(_id));
  }

  #owned(document: Fields, creator: unknown): Fields {
    refuseKeptFields(document);
    return { ...document, ...(creator !== undefined && { _openid: creator }) };
  }

  #decode(value: Fields): Fields {
    return decodeEjson('query', JSON.stringify(value), this.context.nowMs);
  }

  #withPerson(value: unknown): unknown {
    if (value === OPENID_PLACEHOLDER) return this.openid;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#withPerson(item));
    if (!isFields(value)) return value;
    const parts = Object.entries(value).map(([name, part]) => [name, this.#withPerson(part)]);
    return Object.fromEntries(parts) as Fields;
  }
}

function onlyOf(openid: string, query: Fields): Fields {
  return '_openid' in query
    ? { $and: [query, { _openid: openid }] }
    : { ...query, _openid: openid };
}

/** @throws AdminError when the creator, which never changes, is among the fields */
function refuseKeptFields(fields: unknown): void {
  if (!isFields(fields)) return;
  if (Object.keys(fields).some((path) => path.split('.')[0] === '_openid')) {
    throw new AdminError('INVALID_PARAM', 'Invalid Key Name: _openid');
  }
}

function swapped(names: unknown): Fields {
  const pairs = isFields(names) ? Object.entries(names) : [];
  return Object.fromEntries(pairs.map(([from, to]) => [String(to), from]));
}

function textOr(fallback: string, value: unknown): string {
  return typeof value === 'string' ? value : fallback;
}

/** JSON, so that the types of EJSON stay as they were sent. */
function parseJson(name: string, text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new AdminError('INVALID_PARAM', `${name} is not EJSON`);
  }
}

function parseObject(name: string, text: string): Fields {
  const value = parseJson(name, text);
  if (isFields(value)) return value;
  throw new AdminError('INVALID_PARAM', `${name} must be an object`);
}

function denied(): AdminError {
  return new AdminError('DATABASE_PERMISSION_DENIED', 'Permission denied');
}
