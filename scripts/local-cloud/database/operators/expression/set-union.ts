/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.setUnion.html
 */
import { distinct } from '../../../bson/bson-order';
import { elementsOf, evaluateList, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $setUnion: ExpressionOperator = (...given) => {
  const sets = evaluateList('$setUnion', given, [0, Infinity]);
  if (sets.some(isNothing)) return null;
  return distinct(sets.flatMap((set) => elementsOf('$setUnion', set)));
};
