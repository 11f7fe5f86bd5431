/**
 * Wholly inside a Polygon, a MultiPolygon or a circle on the sphere:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.geoWithin.html
 */
import { isFields } from '../../../bson/fields';
import {
  farthestInMeters,
  geometryOf,
  isWithin,
  metersFromRadians,
  type Geometry,
} from '../../geo/geometry';
import { valuesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';
import type { QueryOperator } from './condition';

export const $geoWithin: QueryOperator = (path, operand) => {
  const contains = areaOf(operand);
  return (document) =>
    valuesAtPath(document, path)
      .flatMap((value) => geometryOf(value) ?? [])
      .some(contains);
};

function areaOf(operand: unknown): (shape: Geometry) => boolean {
  const { $geometry, $centerSphere } = isFields(operand) ? operand : {};
  if (Array.isArray($centerSphere)) return circleOf($centerSphere as unknown[]);
  const area = geometryOf($geometry);
  if (area?.type !== 'Polygon' && area?.type !== 'MultiPolygon') {
    throw new InvalidRequest('$geoWithin needs a Polygon or a MultiPolygon, or $centerSphere');
  }
  return (shape) => isWithin(shape, area);
}

/** [[longitude, latitude], radius in radians] */
function circleOf([position, radians]: readonly unknown[]): (shape: Geometry) => boolean {
  const center = geometryOf(position);
  if (center?.type !== 'Point' || typeof radians !== 'number' || radians < 0) {
    throw new InvalidRequest('$centerSphere needs [[longitude, latitude], radians]');
  }
  return (shape) => farthestInMeters(center, shape) <= metersFromRadians(radians);
}
