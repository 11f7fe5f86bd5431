/**
 * `toLower`, `toUpper` and `strcasecmp`: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.toLower.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.strcasecmp.html
 */
import { evaluateList, evaluateOne } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { lowerCase, textOf, upperCase } from './text';

export const $toLower: ExpressionOperator = (...given) =>
  lowerCase(textOf('$toLower', evaluateOne(given)));

export const $toUpper: ExpressionOperator = (...given) =>
  upperCase(textOf('$toUpper', evaluateOne(given)));

export const $strcasecmp: ExpressionOperator = (...given) => {
  const [a = '', b = ''] = evaluateList('$strcasecmp', given, [2, 2]).map((value) =>
    upperCase(textOf('$strcasecmp', value)),
  );
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
};
