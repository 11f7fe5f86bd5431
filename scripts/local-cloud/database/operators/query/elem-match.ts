/**
 * An array with an element that meets every condition:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.elemMatch.html
 */
import { isFields } from '../../../bson/fields';
import { valuesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';
import type { OperatorOptions } from './operator-options';
import { elementMatcher } from './element-matcher';

export const $elemMatch = (path: string, operand: unknown, options: OperatorOptions) => {
  if (!isFields(operand)) throw new InvalidRequest('$elemMatch needs an Object');
  const matches = elementMatcher(operand, options);
  return (document: unknown) =>
    valuesAtPath(document, path).some((value) => Array.isArray(value) && value.some(matches));
};
