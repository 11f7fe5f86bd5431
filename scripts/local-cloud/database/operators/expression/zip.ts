/**
 * As many rows as the shortest array has, which may be none:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.zip.html
 */
import { elementsOf, evaluateFields, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

export const $zip: ExpressionOperator = (...given) => {
  const known = ['inputs', 'useLongestLength', 'defaults'];
  const { inputs, useLongestLength = false, defaults } = evaluateFields('$zip', given, known);
  const arrays = elementsOf('$zip', inputs);
  if (defaults !== undefined && useLongestLength !== true) {
    throw new InvalidRequest('cannot specify defaults unless useLongestLength is true');
  }
  if (arrays.some(isNothing)) return null;
  const columns = arrays.map((array) => elementsOf('$zip', array));
  const lengths = columns.map(({ length }) => length);
  const count =
    lengths.length === 0 ? 0 : Math[useLongestLength === true ? 'max' : 'min'](...lengths);
  const missing = isNothing(defaults) ? [] : elementsOf('$zip', defaults);
  return Array.from({ length: count }, (_, row) =>
    columns.map((column, index) => (row < column.length ? column[row] : (missing[index] ?? null))),
  );
};
