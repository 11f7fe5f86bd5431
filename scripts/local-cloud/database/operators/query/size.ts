/**
 * An array with this many elements:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.size.html
 */
import { valuesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';
import type { QueryOperator } from './condition';

export const $size: QueryOperator = (path, operand) => {
  if (!Number.isInteger(operand)) throw new InvalidRequest('$size needs an integer');
  return (document) =>
    valuesAtPath(document, path).some((value) => Array.isArray(value) && value.length === operand);
};
