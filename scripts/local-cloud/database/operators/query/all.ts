/**
 * An array that holds all of a list; a value that is no array counts as an array of one:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.all.html
 */
import * as mingo from 'mingo/operators/query/array';
import { isFields, type Fields as AnyObject } from '../../ejson';
import { listOf } from './condition';
import { $eq } from './eq';

type All = typeof mingo.$all;

export const $all: All = (path, operand, options) => {
  const list = listOf('$all', operand);
  const conditions = list.map((wanted) => {
    if (!isFields(wanted) || !('$elemMatch' in wanted)) return $eq(path, wanted);
    return mingo.$elemMatch(path, wanted['$elemMatch'] as never, options);
  });
  // An empty list matches nothing.
  return (document: AnyObject) => list.length > 0 && conditions.every((holds) => holds(document));
};
