/**
 * An array that contains every value of a list; any other value counts as an array of one:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.all.html
 */
import { isFields } from '../../../bson/fields';
import { arrayOperand } from './condition';
import { $elemMatch } from './elem-match';
import { $eq } from './eq';
import type { OperatorOptions } from './operator-options';

export const $all = (path: string, operand: unknown, options: OperatorOptions) => {
  const wantedValues = arrayOperand('$all', operand);
  const conditions = wantedValues.map((wanted) => {
    if (!isFields(wanted) || !('$elemMatch' in wanted)) return $eq(path, wanted);
    return $elemMatch(path, wanted['$elemMatch'], options);
  });
  // An empty list matches nothing.
  return (document: unknown) =>
    wantedValues.length > 0 && conditions.every((holds) => holds(document));
};
