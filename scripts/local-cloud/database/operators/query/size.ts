/** An array of so many elements: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.size.html */
import { valuesAtPath } from '../../query/values-at-path';
import type { QueryOperator } from './condition';

export const $size: QueryOperator = (path, operand) => {
  if (!Number.isInteger(operand)) throw new TypeError('$size needs a whole number');
  return (document) =>
    valuesAtPath(document, path).some((value) => Array.isArray(value) && value.length === operand);
};
