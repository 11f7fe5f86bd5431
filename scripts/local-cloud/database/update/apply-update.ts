/**
 * What an update makes of a document: mingo's operators, and before them the cloud's own refusals, which mingo lets pass
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.set.html and its neighbours).
 */
import { serialize } from 'bson';
import { update } from 'mingo/updater';
import type { Document } from '../../state/collection';
import { isFields, type Fields } from '../ejson';
import { operatorOptions } from '../operators/context';
import { checkUpdate } from './update-rules';

/**
 * @param document is changed
 * @returns whether it is another one than before: the platform counts only such a document as updated
 * @throws TypeError when an operator does not fit what is there
 */
export function applyUpdate(
  document: Document,
  operators: Fields,
  query: Fields,
  { isInsert, nowMs }: { isInsert: boolean; nowMs: number },
): boolean {
  const { $setOnInsert, $currentDate, ...rest } = operators;
  const dates = isFields($currentDate) ? datesNow($currentDate, nowMs) : {};
  const inserted = isInsert && isFields($setOnInsert) ? $setOnInsert : {};
  const set = { ...(isFields(rest['$set']) ? rest['$set'] : {}), ...dates, ...inserted };
  const modifier: Fields = {
    ...rest,
    ...(Object.keys(set).length > 0 && { $set: set }),
  };
  checkUpdate(document, modifier);
  const before = serialize(document);
  update<Fields>(document, modifier, [], query, {
    cloneMode: 'deep',
    queryOptions: operatorOptions,
  });
  createEmptyArrays(document, modifier);
  return Buffer.compare(before, serialize(document)) !== 0;
}

/** `push` of nothing to a field that is missing makes an empty array, as in the cloud. */
function createEmptyArrays(document: Document, { $push }: Fields): void {
  for (const [path, operand] of Object.entries(isFields($push) ? $push : {})) {
    const each = isFields(operand) ? operand['$each'] : undefined;
    if (Array.isArray(each) && each.length === 0 && !path.includes('.')) document[path] ??= [];
  }
}

function datesNow(fields: Fields, nowMs: number): Fields {
  return Object.fromEntries(Object.keys(fields).map((path) => [path, new Date(nowMs)]));
}
