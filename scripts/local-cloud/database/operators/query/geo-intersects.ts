/**
 * Shares at least one point with a shape:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.geoIntersects.html
 */
import { isFields } from '../../../bson/fields';
import { geometryOf, intersects } from '../../geo/geometry';
import { valuesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';
import type { QueryOperator } from './condition';

export const $geoIntersects: QueryOperator = (path, operand) => {
  const wanted = geometryOf(isFields(operand) ? operand['$geometry'] : undefined);
  if (wanted === undefined) throw new InvalidRequest('$geoIntersects needs a $geometry');
  return (document) =>
    valuesAtPath(document, path)
      .flatMap((value) => geometryOf(value) ?? [])
      .some((shape) => intersects(shape, wanted));
};
