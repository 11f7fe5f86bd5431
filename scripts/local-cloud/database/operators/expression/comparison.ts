/**
 * `eq`, `neq`, `gt`, `gte`, `lt`, `lte` and `cmp`, of values of any type; a missing field comes
 * before null.
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.eq.html)
 */
import { evalExpr } from 'mingo/core';
import { compareBson } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { arrayOperand } from '../query/condition';
import type { ExpressionOperator } from './expression-operator';

function comparing(name: string, resultOf: (order: number) => unknown): ExpressionOperator {
  return (document, operand, options) => {
    const operands = arrayOperand(name, operand);
    if (operands.length !== 2) throw new InvalidRequest(`${name} needs two values`);
    const [a, b] = operands.map((part) => evalExpr(document, part, options));
    const missingFirst = Number(b === undefined) - Number(a === undefined);
    return resultOf(missingFirst === 0 ? Math.sign(compareBson(a, b)) : missingFirst);
  };
}

export const comparisonOperators: Readonly<Record<string, ExpressionOperator>> = {
  $cmp: comparing('$cmp', (order) => order),
  $eq: comparing('$eq', (order) => order === 0),
  $ne: comparing('$ne', (order) => order !== 0),
  $gt: comparing('$gt', (order) => order > 0),
  $gte: comparing('$gte', (order) => order >= 0),
  $lt: comparing('$lt', (order) => order < 0),
  $lte: comparing('$lte', (order) => order <= 0),
};
