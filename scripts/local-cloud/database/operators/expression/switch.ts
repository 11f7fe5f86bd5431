/**
 * The first branch that applies; an error when there is neither one nor a default:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.switch.html
 */
import * as mingo from 'mingo/operators/expression/conditional';
import { evalExpr } from 'mingo/core';
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';
import { arrayOperand } from '../query/condition';
import type { ExpressionOperator } from './expression-operator';

export const $switch: ExpressionOperator = (document, operand, options) => {
  const { branches, default: otherwise } = isFields(operand) ? operand : {};
  const cases = arrayOperand('branches of $switch', branches);
  for (const branch of cases) {
    if (!isFields(branch)) throw new InvalidRequest('a branch of $switch needs "case" and "then"');
    const condition = mingo.$cond(document as never, [branch['case'], true, false], options);
    if (condition === true) return evalExpr(document, branch['then'], options);
  }
  if (otherwise === undefined) {
    throw new InvalidRequest('$switch found no branch that applies, and has no default');
  }
  return evalExpr(document, otherwise, options);
};
