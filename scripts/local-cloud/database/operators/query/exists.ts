/**
 * The field exists, even if it is null:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.exists.html
 */
import { valuesAtPath } from '../../../bson/values-at-path';
import type { QueryOperator } from './condition';

export const $exists: QueryOperator = (path, operand) => {
  const wanted = Boolean(operand);
  return (document) => valuesAtPath(document, path).some((value) => value !== undefined) === wanted;
};
