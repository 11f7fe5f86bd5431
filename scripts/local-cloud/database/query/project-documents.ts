/**
 * The fields that `field()` selects; `list.$` is the element that the query matched
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/collection/Collection.field.html).
 */
import { Query } from 'mingo/query';
import type { Document } from '../store/collection';
import { isFields, type Fields } from '../../bson/fields';
import { operatorOptions } from '../operators/context';
import { refusing } from '../operators/refusal';
import { positionFinder } from './found-position';
import { valuesAtPath } from '../../bson/values-at-path';

const FOUND = '.$';

/** @throws TypeError for fields that can't be selected together */
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
  const positionIn = positionFinder(query, path);
  return all.map((fields, index) =>
    withOnlyFound(fields, documents[index] ?? {}, positionIn, path),
  );
}

function select(documents: readonly Document[], projection: Fields): Fields[] {
  return refusing('the selection of fields', () =>
    new Query({}, operatorOptions).find<Fields>(documents, projection).all(),
  );
}

function withOnlyFound(
  fields: Fields,
  document: Fields,
  positionIn: (document: Fields) => number,
  path: string,
): Fields {
  const [array] = valuesAtPath(document, path);
  if (!Array.isArray(array)) return fields;
  const element: unknown = array[positionIn(document)];
  return replaced(fields, path.split('.'), [element]) as Fields;
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  return isFields(value) ? { ...value, [name]: replaced(value[name], rest, by) } : value;
}
