/**
 * Who may read and write a collection without a function: one of the four basic permissions, or
 * security rules
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/security-rules.html).
 */
import { isFields } from '../bson/fields';
import { parseRule, type Rule } from './rules/parse-rule';

const BASIC = ['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY'] as const;

/**
 * `READONLY`: everybody reads, the creator writes. `PRIVATE`: the creator reads and writes.
 * `ADMINWRITE`: everybody reads. `ADMINONLY`: nobody.
 */
export type BasicPermission = (typeof BASIC)[number];

export function isBasicPermission(value: string): value is BasicPermission {
  return BASIC.some((name) => name === value);
}

/** What a rule is about. `create`, `update` and `delete` are `write` unless they are given. */
export type Verb = 'read' | 'create' | 'update' | 'delete';

type RuleText = boolean | string;

/** Security rules as they are written down: `{ "read": true, "write": "doc.x == 1" }`. */
export type SecurityRules = Readonly<Partial<Record<Verb | 'write', RuleText>>>;

export type Permission = BasicPermission | SecurityRules;

/** A permission that is ready to be asked. */
export type CheckedPermission = BasicPermission | Readonly<Record<Verb, Rule>>;

export interface Permissions {
  /** Of a collection without one: `PRIVATE`, as in a new collection of the cloud. */
  of(collection: string): CheckedPermission;
  /** By collection, as they were given. */
  list(): Readonly<Record<string, Permission>>;
  /**
   * Checks them all before any is set.
   *
   * @returns what sets them
   * @throws TypeError that names the collection
   */
  prepare(permissions: Readonly<Record<string, unknown>>): () => void;
  /** Back to those of the start. */
  reset(): void;
}

const DEFAULT_PERMISSION = 'PRIVATE';

/** @throws TypeError that names the collection */
export function createPermissions(initial: Readonly<Record<string, unknown>>): Permissions {
  const start = checkAll(initial);
  let current = new Map(start);
  return {
    of: (collection) => current.get(collection)?.checked ?? DEFAULT_PERMISSION,
    list: () => Object.fromEntries([...current].map(([name, { given }]) => [name, given])),
    prepare(permissions) {
      const checked = checkAll(permissions);
      return () => {
        current = new Map([...current, ...checked]);
      };
    },
    reset() {
      current = new Map(start);
    },
  };
}

interface Checked {
  given: Permission;
  checked: CheckedPermission;
}

function checkAll(permissions: Readonly<Record<string, unknown>>): Map<string, Checked> {
  return new Map(
    Object.entries(permissions).map(([name, given]) => {
      try {
        return [name, { given: given as Permission, checked: check(given) }];
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        throw new TypeError(`The permission of "${name}" ${error.message}.`, { cause: error });
      }
    }),
  );
}

const RULES: readonly string[] = ['read', 'write', 'create', 'update', 'delete'];

function check(given: unknown): CheckedPermission {
  const basic = BASIC.find((name) => name === given);
  if (basic !== undefined) return basic;
  if (!isFields(given)) throw new TypeError(`must be ${BASIC.join(', ')} or security rules`);
  const unknown = Object.keys(given).find((name) => !RULES.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`has no rule ${JSON.stringify(unknown)}: there are ${RULES.join(', ')}`);
  }
  const rule = (verb: Verb): Rule => {
    const name = verb !== 'read' && given[verb] === undefined ? 'write' : verb;
    try {
      return parseRule(given[name] ?? false);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new TypeError(`is no security rule: "${name}" ${error.message}`, { cause: error });
    }
  };
  return {
    read: rule('read'),
    create: rule('create'),
    update: rule('update'),
    delete: rule('delete'),
  };
}
