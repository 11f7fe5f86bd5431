/** A query that is compiled once, and then asked about every document. */
import { Query } from 'mingo/query';
import type { Fields } from '../../bson/fields';
import { InvalidRequest } from '../../bson/invalid-request';
import { queryOptions } from '../operators/context';
import { distanceOrder } from '../operators/query/near-sphere';
import { refusing } from '../operators/refusal';

export interface CompiledQuery {
  /** The query as it was sent. */
  readonly fields: Fields;
  matches(document: Fields): boolean;
  /** In metres: matches come nearest first. `undefined` when the query asks for no such order. */
  readonly distance: ((document: unknown) => number) | undefined;
}

/** @throws TypeError for an unknown operator or a wrong operand */
export function compileQuery(fields: Fields, nowMs: number): CompiledQuery {
  // mingo has words of its own for it, before any operator is looked up.
  if ('$where' in fields) throw new InvalidRequest('unknown top level operator: $where');
  const query = refusing('the query', () => new Query(fields, queryOptions(nowMs)));
  return {
    fields,
    matches: (document) => refusing('the query', () => query.test(document)),
    distance: distanceOrder(fields),
  };
}
