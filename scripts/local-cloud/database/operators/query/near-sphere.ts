/**
 * Near a point, within distances in metres; matches come nearest first:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.geoNear.html
 */
import { isFields, type Fields } from '../../../bson/fields';
import { distanceInMeters, geometryOf, type Geometry } from '../../geo/geometry';
import { valuesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';
import type { QueryOperator } from './condition';

interface Near {
  center: Geometry;
  minMeters: number;
  maxMeters: number;
}

export const $nearSphere: QueryOperator = (path, operand) => {
  const { center, minMeters, maxMeters } = decodeNear(operand);
  return (document) => {
    const meters = metersTo(center, document, path);
    return meters >= minMeters && meters <= maxMeters;
  };
};

/** The distance in metres that orders the matches of a query; `undefined` without `$nearSphere`. */
export function distanceOrder(query: Fields): ((document: unknown) => number) | undefined {
  for (const [path, condition] of Object.entries(query)) {
    if (path === '$and' && Array.isArray(condition)) {
      const inner = condition.filter(isFields).map(distanceOrder).find(Boolean);
      if (inner !== undefined) return inner;
    }
    if (!isFields(condition) || !('$nearSphere' in condition)) continue;
    const { center } = decodeNear(condition['$nearSphere']);
    return (document) => metersTo(center, document, path);
  }
  return undefined;
}

/** Infinity when there is no shape at the path. */
export function metersTo(center: Geometry, document: unknown, path: string): number {
  const shapes = valuesAtPath(document, path).flatMap((value) => geometryOf(value) ?? []);
  return Math.min(Infinity, ...shapes.map((shape) => distanceInMeters(center, shape)));
}

function decodeNear(operand: unknown): Near {
  const { $geometry, $minDistance, $maxDistance } = isFields(operand) ? operand : {};
  const center = geometryOf($geometry);
  if (center?.type !== 'Point')
    throw new InvalidRequest('$nearSphere needs a Point as its $geometry');
  return {
    center,
    minMeters: distanceOf('$minDistance', $minDistance, 0),
    maxMeters: distanceOf('$maxDistance', $maxDistance, Number.MAX_VALUE),
  };
}

function distanceOf(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && value >= 0) return value;
  throw new InvalidRequest(`${name} must be a number of metres`);
}
