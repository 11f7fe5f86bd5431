/**
 * An array that holds all of a list; a value that is no array counts as an array of one:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.all.html
 */
import { isFields } from '../../ejson';
import { listOf } from './condition';
import { $elemMatch } from './elem-match';
import { $eq } from './eq';
import type { OperatorOptions } from '../operator-options';

export const $all = (path: string, operand: unknown, options: OperatorOptions) => {
  const list = listOf('$all', operand);
  const conditions = list.map((wanted) => {
    if (!isFields(wanted) || !('$elemMatch' in wanted)) return $eq(path, wanted);
    return $elemMatch(path, wanted['$elemMatch'], options);
  });
  // An empty list matches nothing.
  return (document: unknown) => list.length > 0 && conditions.every((holds) => holds(document));
};
