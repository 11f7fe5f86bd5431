/**
 * Documents that fit a schema:
 * https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/. The keywords are those
 * of JSON Schema draft 4, and `bsonType`.
 */
import { Ajv } from 'ajv';
import { isFields } from '../../../bson/fields';
import { TYPE_RANKS, typeRank, type TypeRank } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';

export function $jsonSchema(_path: string, schema: unknown): (document: unknown) => boolean {
  if (!isFields(schema)) throw new InvalidRequest('$jsonSchema must be an object');
  const ajv = new Ajv({ strictSchema: true, strictTypes: false, strictTuples: false });
  ajv.addKeyword({ keyword: 'bsonType', validate: hasType });
  let validate: (document: unknown) => unknown;
  try {
    validate = ajv.compile(asDraft7(schema) as object);
  } catch (error) {
    const [, keyword] = /unknown keyword: "(.*)"/.exec((error as Error).message) ?? [];
    throw new InvalidRequest(
      keyword === undefined
        ? 'the $jsonSchema is not a valid schema'
        : `Unknown $jsonSchema keyword: ${keyword}`,
      { cause: error },
    );
  }
  return (document) => validate(document) === true;
}

const RANKS: Readonly<Record<string, TypeRank>> = {
  array: TYPE_RANKS.array,
  binData: TYPE_RANKS.binary,
  bool: TYPE_RANKS.boolean,
  date: TYPE_RANKS.date,
  null: TYPE_RANKS.nothing,
  number: TYPE_RANKS.number,
  object: TYPE_RANKS.object,
  objectId: TYPE_RANKS.objectId,
  regex: TYPE_RANKS.regularExpression,
  string: TYPE_RANKS.string,
};

/** JavaScript has one number type: the value tells which of the database's types it stands for. */
const NUMBERS: Readonly<Record<string, (value: number) => boolean>> = {
  int: (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  long: (value) => Number.isInteger(value) && Math.abs(value) >= 2 ** 31,
  double: (value) => !Number.isInteger(value),
  decimal: () => false,
};

function hasType(wanted: unknown, value: unknown): boolean {
  const names: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return names.some((name) => {
    const number = NUMBERS[String(name)];
    if (number !== undefined) return typeof value === 'number' && number(value);
    const rank = RANKS[String(name)];
    if (rank === undefined) throw new InvalidRequest(`Unknown type name alias: ${String(name)}`);
    return typeRank(value) === rank;
  });
}

/**
 * Draft 4 writes `{ minimum, exclusiveMinimum: true }`, draft 7 `{ exclusiveMinimum: minimum }`.
 */
function asDraft7(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asDraft7);
  if (!isFields(schema)) return schema;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, ...rest } = schema;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, asDraft7(part)])),
    ...bound('minimum', 'exclusiveMinimum', minimum, exclusiveMinimum),
    ...bound('maximum', 'exclusiveMaximum', maximum, exclusiveMaximum),
  };
}

function bound(name: string, exclusiveName: string, limit: unknown, isExclusive: unknown): object {
  if (isExclusive === true) return { [exclusiveName]: limit };
  if (isFields(limit)) return { [name]: asDraft7(limit) };
  return limit === undefined ? {} : { [name]: limit };
}
