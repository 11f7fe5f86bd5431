/**
 * Whether a rule holds for every document that a query can match. "Queries of a client must be a
 * subset of the rule" (https://docs.cloudbase.net/database/security-rules): where the query does
 * not promise enough, the answer is no.
 */
import { compareBson, sameBson, typeRank } from '../../bson/bson-order';
import { isFields } from '../../bson/fields';
import type { ComparisonOperator, Rule } from './parse-rule';
import type { Branch } from './query-branches';

export interface RuleScope {
  /** Of the person; `null` for nobody. */
  auth: { openid: string } | null;
  /** Epoch milliseconds. */
  now: number;
  request: { data?: unknown };
  /** The document, which functions may read; `undefined`: there is none. */
  get: (collection: string, id: string) => unknown;
}

export function holds(rule: Rule, branch: Branch, scope: RuleScope): boolean {
  return new Proof(branch, scope).holds(rule, true);
}

/** A value, a field that the query leaves open, or `undefined`: nothing can be told. */
type Term = { value: unknown } | { path: string } | undefined;

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '!=',
  '!=': '==',
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
};
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
};

class Proof {
  constructor(
    private readonly branch: Branch,
    private readonly scope: RuleScope,
  ) {}

  /** @param wanted what the rule must be: with `false`, that it never holds is to be shown */
  holds(rule: Rule, wanted: boolean): boolean {
    switch (rule.kind) {
      case 'not':
        return this.holds(rule.operand, !wanted);
      case 'and':
      case 'or': {
        const needsBoth = (rule.kind === 'and') === wanted;
        return needsBoth
          ? this.holds(rule.left, wanted) && this.holds(rule.right, wanted)
          : this.holds(rule.left, wanted) || this.holds(rule.right, wanted);
      }
      case 'compare': {
        const operator = wanted ? rule.operator : OPPOSITE[rule.operator];
        return this.#compares(this.#term(rule.left), operator, this.#term(rule.right));
      }
      case 'in':
        return this.#isIn(this.#term(rule.value), this.#term(rule.list), wanted);
      case 'literal':
      case 'variable':
      case 'member':
      case 'array':
      case 'text':
      case 'get': {
        const term = this.#term(rule);
        return isKnown(term) && term.value === wanted;
      }
    }
  }

  #compares(left: Term, operator: ComparisonOperator, right: Term): boolean {
    if (left === undefined || right === undefined) return false;
    if (isKnown(left) && isKnown(right)) return compares(left.value, operator, right.value);
    if (isKnown(left)) return this.#compares(right, MIRRORED[operator], left);
    if (!isKnown(right)) return false;
    return this.branch.some(
      (promised) =>
        promised.path === left.path &&
        implies(promised.operator, promised.value, operator, right.value),
    );
  }

  #isIn(value: Term, list: Term, wanted: boolean): boolean {
    if (!isKnown(list) || value === undefined) return false;
    const items: readonly unknown[] = Array.isArray(list.value) ? list.value : [];
    if (!wanted) return items.every((item) => this.#compares(value, '!=', { value: item }));
    return isKnown(value) && items.some((item) => compares(value.value, '==', item));
  }

  /** @param inPath whether it is part of the path of a `get` */
  #term(rule: Rule, inPath = false): Term {
    switch (rule.kind) {
      case 'literal':
        return { value: rule.value };
      case 'variable':
        return rule.name === 'doc' ? { path: '' } : { value: this.scope[rule.name] };
      case 'member':
        return this.#member(this.#term(rule.object, inPath), this.#term(rule.key, inPath), inPath);
      case 'array':
      case 'text': {
        const parts = (rule.kind === 'array' ? rule.items : rule.parts).map((part) =>
          this.#term(part, inPath),
        );
        if (!parts.every(isKnown)) return undefined;
        const values = parts.map(({ value }) => value);
        return { value: rule.kind === 'array' ? values : values.map(String).join('') };
      }
      case 'get': {
        const path = this.#term(rule.path, true);
        return isKnown(path) ? { value: this.#read(path.value) } : undefined;
      }
      case 'not':
      case 'and':
      case 'or':
      case 'compare':
      case 'in':
        if (this.holds(rule, true)) return { value: true };
        return this.holds(rule, false) ? { value: false } : undefined;
    }
  }

  #member(object: Term, key: Term, inPath: boolean): Term {
    if (object === undefined || !isKnown(key)) return undefined;
    const name = String(key.value);
    if (isKnown(object)) return { value: memberOf(object.value, name) };
    const path = object.path === '' ? name : `${object.path}.${name}`;
    const equal = this.branch.find(
      (promised) =>
        promised.path === path &&
        promised.operator === '==' &&
        // "Only a single value of `in`", as the documentation of get has it.
        !(inPath && promised.isOneOfSeveral === true),
    );
    return equal === undefined ? { path } : { value: equal.value };
  }

  #read(path: unknown): unknown {
    const [, collection, id] = /^database\.([^.]+)\.(.+)$/s.exec(String(path)) ?? [];
    return collection === undefined || id === undefined
      ? undefined
      : this.scope.get(collection, id);
  }
}

function isKnown(term: Term): term is { value: unknown } {
  return term !== undefined && 'value' in term;
}

function memberOf(value: unknown, name: string): unknown {
  const hasMembers = isFields(value) || Array.isArray(value);
  return hasMembers && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function compares(left: unknown, operator: ComparisonOperator, right: unknown): boolean {
  const [a, b] = [comparable(left), comparable(right)];
  if (operator === '==') return sameBson(a, b);
  if (operator === '!=') return !sameBson(a, b);
  if (typeRank(a) !== typeRank(b)) return false;
  const order = compareBson(a, b);
  if (operator === '>') return order > 0;
  if (operator === '>=') return order >= 0;
  return operator === '<' ? order < 0 : order <= 0;
}

/** `now` is a number, and fields of a document are dates. */
function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : (value ?? null);
}

/** Whether `x promised a` implies `x wanted b`. */
function implies(
  promised: ComparisonOperator,
  a: unknown,
  wanted: ComparisonOperator,
  b: unknown,
): boolean {
  if (promised === wanted && compares(a, '==', b)) return true;
  switch (promised) {
    case '>':
    case '>=':
      if (wanted !== '>' && wanted !== '>=' && wanted !== '!=') return false;
      return compares(a, '>', b) || (promised === '>' && compares(a, '==', b));
    case '<':
    case '<=':
      if (wanted !== '<' && wanted !== '<=' && wanted !== '!=') return false;
      return compares(a, '<', b) || (promised === '<' && compares(a, '==', b));
    case '==':
    case '!=':
      return false;
  }
}
