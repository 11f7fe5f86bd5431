/**
 * `toLower`, `toUpper` and `strcasecmp`:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.toLower.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.strcasecmp.html
 */
import { evaluateList, evaluateOne } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { lowerCase, coerceToString, upperCase } from './strings';

export const $toLower: ExpressionOperator = (...given) =>
  lowerCase(coerceToString('$toLower', evaluateOne(given)));

export const $toUpper: ExpressionOperator = (...given) =>
  upperCase(coerceToString('$toUpper', evaluateOne(given)));

export const $strcasecmp: ExpressionOperator = (...given) => {
  const [a = '', b = ''] = evaluateList('$strcasecmp', given, [2, 2]).map((value) =>
    upperCase(coerceToString('$strcasecmp', value)),
  );
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
};
