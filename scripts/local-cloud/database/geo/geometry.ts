/**
 * Shapes on the earth, as GeoJSON or as legacy pairs [longitude, latitude]
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/geo/Geo.html).
 * Edges are straight on the map; the cloud's follow great circles, which makes a difference for
 * shapes of hundreds of kilometres.
 */
import booleanIntersects from '@turf/boolean-intersects';
import booleanWithin from '@turf/boolean-within';
import distance from '@turf/distance';
import pointToLineDistance from '@turf/point-to-line-distance';
import { isFields } from '../../bson/fields';

export interface Geometry {
  type: 'Point' | 'LineString' | 'Polygon' | 'MultiPoint' | 'MultiLineString' | 'MultiPolygon';
  coordinates: never[];
}

type Position = readonly [longitude: number, latitude: number];

/**
 * The radius that the database uses (https://www.mongodb.com/docs/manual/core/geospatial-indexes/).
 */
const EARTH_RADIUS_METERS = 6_378_100;

/** How deeply the numbers in `coordinates` are nested. */
const DEPTHS: Readonly<Record<string, number>> = {
  Point: 1,
  LineString: 2,
  MultiPoint: 2,
  Polygon: 3,
  MultiLineString: 3,
  MultiPolygon: 4,
};

/** `undefined` unless the value is a shape. */
export function geometryOf(value: unknown): Geometry | undefined {
  if (isPosition(value)) return { type: 'Point', coordinates: value as unknown as never[] };
  if (!isFields(value)) return undefined;
  const { type, coordinates } = value;
  const depth = typeof type === 'string' ? DEPTHS[type] : undefined;
  return depth !== undefined && isNested(coordinates, depth)
    ? (value as unknown as Geometry)
    : undefined;
}

export function isWithin(inner: Geometry, outer: Geometry): boolean {
  if (outer.type !== 'MultiPolygon') return booleanWithin(inner, outer);
  return polygonsOf(outer).some((polygon) => booleanWithin(inner, polygon));
}

export function intersects(a: Geometry, b: Geometry): boolean {
  return booleanIntersects(a, b);
}

/** From a point to the nearest part of a shape; 0 inside it. */
export function distanceInMeters(from: Geometry, to: Geometry): number {
  const [start] = positionsOf(from);
  if (start === undefined) return Infinity;
  if (intersects(from, to)) return 0;
  const toCorners = positionsOf(to).map((position) => radiansBetween(start, position));
  const toEdges = linesOf(to).map((line) =>
    pointToLineDistance(
      [...start],
      { type: 'LineString', coordinates: line.map((position) => [...position]) },
      { units: 'radians' },
    ),
  );
  return Math.min(...toCorners, ...toEdges) * EARTH_RADIUS_METERS;
}

/** From a point to the farthest corner of a shape. */
export function farthestInMeters(from: Geometry, to: Geometry): number {
  const [start] = positionsOf(from);
  if (start === undefined) return Infinity;
  const toCorners = positionsOf(to).map((position) => radiansBetween(start, position));
  return Math.max(...toCorners) * EARTH_RADIUS_METERS;
}

function radiansBetween(a: Position, b: Position): number {
  return distance([...a], [...b], { units: 'radians' });
}

export function metersFromRadians(radians: number): number {
  return radians * EARTH_RADIUS_METERS;
}

function polygonsOf({ coordinates }: Geometry): Geometry[] {
  return coordinates.map((polygon) => ({ type: 'Polygon', coordinates: polygon }));
}

/** The lines of a shape, including the rings of polygons. */
function linesOf({ coordinates }: Geometry): Position[][] {
  const collect = (value: unknown): Position[][] => {
    if (!Array.isArray(value) || isPosition(value)) return [];
    return value.every(isPosition) ? [value] : value.flatMap(collect);
  };
  return collect(coordinates).filter(({ length }) => length > 1);
}

function positionsOf({ coordinates }: Geometry): Position[] {
  const collect = (value: unknown): Position[] =>
    isPosition(value) ? [value] : (value as unknown[]).flatMap(collect);
  return collect(coordinates);
}

function isNested(value: unknown, depth: number): boolean {
  if (depth === 1) return isPosition(value);
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part: unknown) => isNested(part, depth - 1))
  );
}

function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [longitude, latitude] = value as unknown[];
  return isBetween(longitude, 180) && isBetween(latitude, 90);
}

function isBetween(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= limit;
}
