/** Where a text stands in another, counted in characters: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate-command/AggregateCommand.indexOfCP.html */
import { evalExpr } from 'mingo/core';
import { listOf } from '../query/condition';
import type { ExpressionOperator } from './expression-operator';

export const $indexOfCP: ExpressionOperator = (document, operand, options) => {
  const [text, wanted, start = 0, end] = listOf('$indexOfCP', operand).map((part) =>
    evalExpr(document, part, options),
  );
  if (text === undefined || text === null) return null;
  if (typeof text !== 'string' || typeof wanted !== 'string') {
    throw new TypeError('$indexOfCP needs two texts');
  }
  // By code points.
  const characters = Array.from(text).slice(0, typeof end === 'number' ? end : undefined);
  const from = Number(start);
  const place = characters.slice(from).join('').indexOf(wanted);
  return place === -1
    ? -1
    : from + Array.from(characters.slice(from).join('').slice(0, place)).length;
};
