/**
 * `geoNear`, the first stage: documents with their distance, nearest first:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.geoNear.html
 */
import { Query } from 'mingo/query';
import { Lazy, type Iterator } from 'mingo/lazy';
import { update } from 'mingo/updater';
import { isFields, type Fields } from '../../../bson/fields';
import { geometryOf, type Geometry } from '../../geo/geometry';
import { valuesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';
import { metersTo } from '../query/near-sphere';

interface GeoNear {
  center: Geometry;
  distanceField: string;
  includeLocs: string | undefined;
  /** The field of the shape; `undefined`: the first field that holds one. */
  key: string | undefined;
  limit: number;
  minMeters: number;
  maxMeters: number;
  multiplier: number;
  query: Fields;
}

type Options = ConstructorParameters<typeof Query>[1];

export function $geoNear(documents: Iterator, operand: unknown, options: Options): Iterator {
  const near = decodeGeoNear(operand);
  const query = new Query(near.query, options);
  return documents.transform((all) => {
    const found = (all as Fields[])
      .filter((document) => query.test(document))
      .map((document) => {
        const key = near.key ?? firstShape(document) ?? '';
        return { document, key, meters: metersTo(near.center, document, key) };
      })
      .filter(({ meters }) => meters >= near.minMeters && meters <= near.maxMeters)
      .sort((a, b) => a.meters - b.meters)
      .slice(0, near.limit);
    return Lazy(found.map((one) => describe(one, near)));
  });
}

function describe(
  { document, key, meters }: { document: Fields; key: string; meters: number },
  { distanceField, includeLocs, multiplier }: GeoNear,
): Fields {
  const described = { ...document };
  const located =
    includeLocs === undefined ? {} : { [includeLocs]: valuesAtPath(document, key)[0] };
  update<Fields>(described, { $set: { [distanceField]: meters * multiplier, ...located } });
  return described;
}

/** In the cloud, the geo index of the collection tells which field is meant. */
function firstShape(document: Fields): string | undefined {
  return Object.keys(document).find((name) => geometryOf(document[name]) !== undefined);
}

function decodeGeoNear(operand: unknown): GeoNear {
  const fields = isFields(operand) ? operand : {};
  const { near, distanceField, includeLocs, key, limit, num, query, spherical } = fields;
  const center = geometryOf(near);
  if (center?.type !== 'Point') throw new InvalidRequest('$geoNear needs a Point as "near"');
  if (spherical !== true) throw new InvalidRequest('$geoNear needs "spherical" to be true');
  if (typeof distanceField !== 'string' || distanceField === '') {
    throw new InvalidRequest('$geoNear needs a "distanceField"');
  }
  return {
    center,
    distanceField,
    includeLocs: typeof includeLocs === 'string' ? includeLocs : undefined,
    key: typeof key === 'string' ? key : undefined,
    limit: numberOr(limit ?? num, Infinity),
    minMeters: numberOr(fields['minDistance'], 0),
    maxMeters: numberOr(fields['maxDistance'], Number.MAX_VALUE),
    multiplier: numberOr(fields['distanceMultiplier'], 1),
    query: isFields(query) ? query : {},
  };
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
