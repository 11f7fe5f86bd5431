/** What one person's phone may do in one collection. */
import type { Fields } from '../bson/fields';
import type { DocumentStore } from '../database/store/document-store';
import { AdminError } from '../protocol/admin-error';
import { decodeEjson } from '../protocol/ejson';
import type { CheckedPermission, Permissions, Verb } from './permissions';
import type { Rule } from './rules/parse-rule';
import { holds, type RuleScope } from './rules/prove-rule';
import { branchesOf, type Branch } from './rules/query-branches';

export interface AccessContext {
  store: DocumentStore;
  permissions: Permissions;
  nowMs: number;
}

/** What `get` of a rule reads for one request: https://docs.cloudbase.net/rule/reference/function */
const MAX_DOCUMENTS_OF_RULE = 10;

export class Access {
  readonly #permission: CheckedPermission;

  constructor(
    readonly collection: string,
    readonly openid: string,
    private readonly context: AccessContext,
  ) {
    this.#permission = context.permissions.of(collection);
  }

  /**
   * @param query JSON of EJSON
   * @param data what is written, for `request.data`
   * @returns whether only the person's own documents may be touched
   * @throws AdminError
   */
  require(verb: Verb, query: Fields, data?: Fields): boolean {
    const permission = this.#permission;
    if (typeof permission !== 'string') {
      this.#requireRule(permission[verb], branchesOf(this.decode(query)), data);
      return false;
    }
    const isRead = verb === 'read';
    if (permission === 'ADMINONLY' || (permission === 'ADMINWRITE' && !isRead)) throw denied();
    return permission === 'PRIVATE' || !isRead;
  }

  /**
   * `doc` of such a rule has only what the cloud adds; the rest is `request.data`.
   *
   * @throws AdminError
   */
  requireCreate(document: Fields): void {
    const permission = this.#permission;
    if (typeof permission === 'string') {
      this.require('create', {});
      return;
    }
    const branch: Branch = [{ path: '_openid', operator: '==', value: this.openid }];
    this.#requireRule(permission.create, [branch], document);
  }

  /**
   * A document of somebody else must not be replaced because the person's own is not found: basic
   * permissions look for that.
   *
   * @param existing the document with this id
   * @throws AdminError
   */
  requireReplaceable(existing: Fields | undefined): void {
    const isOthers = existing !== undefined && existing['_openid'] !== this.openid;
    if (isOthers && typeof this.#permission === 'string') throw denied();
  }

  /**
   * `lookup` shows documents of another collection: everybody must be allowed to read it.
   *
   * @throws AdminError
   */
  requireOpen(other: string): void {
    const permission = this.context.permissions.of(other);
    const isOpen =
      typeof permission === 'string'
        ? permission === 'READONLY' || permission === 'ADMINWRITE'
        : holds(permission.read, [], this.#scope());
    if (!isOpen) throw denied();
  }

  existing(id: string | number): Fields | undefined {
    return this.context.store.read(this.collection, (documents) => documents.get(id));
  }

  #requireRule(rule: Rule, branches: readonly Branch[], data?: Fields): void {
    const scope = this.#scope(data);
    if (!branches.every((branch) => holds(rule, branch, scope))) throw denied();
  }

  #scope(data?: Fields): RuleScope {
    const { store, nowMs } = this.context;
    const read = new Set<string>();
    return {
      auth: { openid: this.openid },
      now: nowMs,
      request: data === undefined ? {} : { data: this.decode(data) },
      get: (collection, id) => {
        if (read.add(`${collection}.${id}`).size > MAX_DOCUMENTS_OF_RULE) throw denied();
        return store.hasCollection(collection)
          ? store.read(collection, (documents) => documents.get(id))
          : undefined;
      },
    };
  }

  /** @param value JSON of EJSON */
  decode(value: Fields): Fields {
    return decodeEjson('query', JSON.stringify(value), this.context.nowMs);
  }
}

export function denied(): AdminError {
  return new AdminError('DATABASE_PERMISSION_DENIED', 'Permission denied');
}
