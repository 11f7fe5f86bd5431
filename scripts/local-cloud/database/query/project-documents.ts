/**
 * The fields that a `field()` asks for; `list.$` is the element that the query found
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/collection/Collection.field.html).
 */
import { Query } from 'mingo/query';
import type { Document } from '../../state/collection';
import { isFields, type Fields } from '../ejson';
import { operatorOptions } from '../operators/context';
import { foundPosition } from './found-position';
import { valuesAtPath } from './values-at-path';

const FOUND = '.$';

/** @throws TypeError for fields that do not go together */
export function projectDocuments(
  documents: readonly Document[],
  query: Fields,
  projection: Fields | undefined,
): Fields[] {
  if (projection === undefined) return [...documents];
  const found = Object.keys(projection).find((path) => path.endsWith(FOUND));
  if (found === undefined) return select(documents, projection);
  const path = found.slice(0, -FOUND.length);
  const { [found]: wanted, ...others } = projection;
  const all = select(documents, { ...others, [path]: wanted });
  return all.map((fields, index) => withOnlyFound(fields, documents[index] ?? {}, query, path));
}

function select(documents: readonly Document[], projection: Fields): Fields[] {
  return new Query({}, operatorOptions).find<Fields>(documents, projection).all();
}

function withOnlyFound(fields: Fields, document: Fields, query: Fields, path: string): Fields {
  const [array] = valuesAtPath(document, path);
  if (!Array.isArray(array)) return fields;
  const element: unknown = array[foundPosition(document, query, path)];
  return replaced(fields, path.split('.'), [element]) as Fields;
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  return isFields(value) ? { ...value, [name]: replaced(value[name], rest, by) } : value;
}
