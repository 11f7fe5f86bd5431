/**
 * An array with this many elements:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.size.html
 */
import { valuesAtPath } from '../../../bson/values-at-path';
import type { QueryOperator } from './condition';

export const $size: QueryOperator = (path, operand) => {
  if (!Number.isInteger(operand)) throw new TypeError('$size needs an integer');
  return (document) =>
    valuesAtPath(document, path).some((value) => Array.isArray(value) && value.length === operand);
};
