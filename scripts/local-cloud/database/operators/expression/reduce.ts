/**
 * `$$value` and `$$this` beside the fields of the document:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.reduce.html
 */
import { evalExpr } from 'mingo/core';
import { isFields, type Fields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';
import { elementsOf, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $reduce: ExpressionOperator = (document, operand, options) => {
  if (!isFields(operand)) throw new InvalidRequest('$reduce requires an object as an argument');
  const { input, initialValue, in: step } = operand;
  if (step === undefined || initialValue === undefined || input === undefined) {
    throw new InvalidRequest('$reduce requires input, initialValue and in');
  }
  const array = evalExpr(document, input, options);
  if (isNothing(array)) return null;
  return elementsOf('$reduce', array).reduce<unknown>(
    (value, element) =>
      evalExpr(
        document,
        { $let: { vars: constants({ value, this: element }), in: step } },
        options,
      ),
    evalExpr(document, initialValue, options),
  );
};

function constants(variables: Fields): Fields {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, { $literal: value ?? null }]),
  );
}
