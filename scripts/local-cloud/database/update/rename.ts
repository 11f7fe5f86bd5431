/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.rename.html
 */
import type { Fields } from '../../bson/fields';
import { InvalidRequest } from '../../bson/invalid-request';
import { placesOf, put, take, valueAt, type Place } from './places';

/** @throws InvalidRequest when either field is in an array, or both are the same */
export function rename(document: Fields, from: string, to: unknown): void {
  if (typeof to !== 'string')
    throw new InvalidRequest(`The 'to' field for $rename must be a string: ${from}`);
  if (from === to)
    throw new InvalidRequest(`The source and target field for $rename must differ: ${from}`);
  const source = placeOf(document, from, false);
  const value = source && valueAt(source);
  if (source === undefined || value === undefined) return;
  const target = placeOf(document, to, true);
  if (target === undefined) return;
  take(source);
  // Without this the value would take the position of a field that has this name already.
  take(target);
  put(target, value);
}

function placeOf(document: Fields, path: string, creates: boolean): Place | undefined {
  const [place] = placesOf(document, path, {
    creates,
    foundAt: () => {
      throw new InvalidRequest(`$rename may not use the positional operator: ${path}`);
    },
  });
  if (place !== undefined && isInArray(document, path)) {
    throw new InvalidRequest(`The field of $rename cannot be an array element: ${path}`);
  }
  return place;
}

function isInArray(document: Fields, path: string): boolean {
  let at: unknown = document;
  for (const key of path.split('.')) {
    if (Array.isArray(at)) return true;
    at = valueAt({ container: at as Fields, key });
  }
  return false;
}
