/**
 * Later fields take precedence, null is skipped:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.mergeObjects.html
 */
import { evalExpr } from 'mingo/core';
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';
import { evaluateOne, isNothing } from '../expression/arguments';
import type { ExpressionOperator } from '../expression/expression-operator';
import { gather } from './gather';

export const $mergeObjects: ExpressionOperator = (document, operand, options) => {
  if (Array.isArray(document)) return merged(gather(document, operand, options));
  if (!Array.isArray(operand)) return merged([evaluateOne([document, operand, options])]);
  return merged(operand.map((part: unknown) => evalExpr(document, part, options)));
};

function merged(objects: readonly unknown[]): object {
  return Object.fromEntries(objects.flatMap(presentFields));
}

/** Without missing fields. */
function presentFields(value: unknown): [string, unknown][] {
  if (isNothing(value)) return [];
  if (!isFields(value))
    throw new InvalidRequest(`$mergeObjects requires object inputs, but got ${typeof value}`);
  return Object.entries(value).filter(([, part]) => part !== undefined);
}
