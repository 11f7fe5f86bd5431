/**
 * `ln`, `log10` and `log`, of positive numbers only:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.log.html
 */
import { evaluateList, evaluateOne, isNothing, numberOf } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

const positive = (name: string, value: unknown): number => {
  const number = numberOf(name, value);
  if (number <= 0)
    throw new InvalidRequest(`${name}'s argument must be a positive number, but is ${number}`);
  return number;
};

const logarithm =
  (name: string, compute: (value: number) => number): ExpressionOperator =>
  (...given) => {
    const value = evaluateOne(given);
    return isNothing(value) ? null : compute(positive(name, value));
  };

export const $ln = logarithm('$ln', Math.log);
export const $log10 = logarithm('$log10', Math.log10);

export const $log: ExpressionOperator = (...given) => {
  const values = evaluateList('$log', given, [2, 2]);
  if (values.some(isNothing)) return null;
  const [value = NaN, base = NaN] = values.map((each) => positive('$log', each));
  if (base === 1) throw new InvalidRequest("$log's base must be a positive number not equal to 1");
  return base === 10
    ? Math.log10(value)
    : base === 2
      ? Math.log2(value)
      : Math.log(value) / Math.log(base);
};
