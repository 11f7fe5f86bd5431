/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.slice.html
 */
import { elementsOf, evaluateList, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

export const $slice: ExpressionOperator = (...given) => {
  const [array, ...places] = evaluateList('$slice', given, [2, 3]);
  if (isNothing(array) || places.some(isNothing)) return null;
  const elements = elementsOf('$slice', array);
  if (!places.every(Number.isInteger))
    throw new InvalidRequest('$slice requires positions that are integers');
  const [position = 0, count] = places.map(Number);
  if (count === undefined) {
    return position < 0 ? elements.slice(position) : elements.slice(0, position);
  }
  if (count <= 0) throw new InvalidRequest('Third argument to $slice must be positive');
  const start = position < 0 ? Math.max(elements.length + position, 0) : position;
  return elements.slice(start, start + count);
};
