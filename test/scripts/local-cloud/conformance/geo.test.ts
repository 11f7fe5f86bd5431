/**
 * Places, by
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/geo/Geo.html
 * and the chapters geoNear, geoWithin and geoIntersects of Command.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner();
});
afterAll(() => runner.close());

const point = (longitude: number, latitude: number) => ({
  type: 'Point',
  coordinates: [longitude, latitude],
});

/** Around Guangzhou; a thousandth of a degree of latitude is about 111 metres. */
const PLACES = [
  { _id: 'tower', at: point(113.33, 23.11), kind: 'sight' },
  { _id: 'north', at: point(113.33, 23.111), kind: 'shop' },
  { _id: 'far', at: point(113.33, 23.2), kind: 'sight' },
  { _id: 'beijing', at: point(116.39, 39.9), kind: 'sight' },
  { _id: 'nowhere', kind: 'sight' },
  {
    _id: 'road',
    at: {
      type: 'LineString',
      coordinates: [
        [113.3, 23.15],
        [113.4, 23.15],
      ],
    },
  },
];

const SQUARE = `db.Geo.Polygon([db.Geo.LineString([db.Geo.Point(113.3, 23.1), db.Geo.Point(113.4, 23.1), db.Geo.Point(113.4, 23.12), db.Geo.Point(113.3, 23.12), db.Geo.Point(113.3, 23.1)])])`;
const HERE = `db.Geo.Point(113.33, 23.11)`;

/** The angle between two places, as S2 works it out, on a sphere of MongoDB's radius. */
function metresOnSphere(from: readonly number[], to: readonly number[]): number {
  const [a, b] = [from, to].map(([longitude = 0, latitude = 0]) => {
    const [along, up] = [longitude, latitude].map((degrees) => (degrees * Math.PI) / 180);
    const [cos, sin] = [Math.cos(up ?? 0), Math.sin(up ?? 0)];
    return [cos * Math.cos(along ?? 0), cos * Math.sin(along ?? 0), sin] as const;
  });
  if (a === undefined || b === undefined) throw new Error('two places are needed');
  const cross = Math.hypot(
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  );
  return Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) * 6_378_100;
}

describe.each(SDKS)('%s', (sdk) => {
  beforeAll(() => runner.seed(PLACES));

  const near = (options: string): string =>
    `things.where({ at: _.geoNear({ geometry: ${HERE}, ${options} }) }).get().then((r) => r.data.map((d) => d._id))`;

  test('geoNear of an aggregation gives the distance on MongoDB’s sphere, to the millimetre', async () => {
    const code = `pipeline((p) => p.geoNear({ near: ${HERE}, spherical: true, distanceField: 'd', key: 'at', query: { kind: 'sight' }, includeLocs: 'place', maxDistance: 5e6 }))`;
    const found = (await runner.value(sdk, code)) as { _id: string; d: number; place: unknown }[];
    expect(found.map(({ _id }) => _id)).toEqual(['tower', 'far', 'beijing']);
    for (const { _id, d, place } of found) {
      const at = PLACES.find((one) => one._id === _id)?.at;
      expect(place).toEqual(at);
      expect(
        Math.abs(d - metresOnSphere([113.33, 23.11], at?.coordinates as number[])),
      ).toBeLessThan(0.001);
    }
  });

  test.each([
    [`maxDistance: 200`, ['tower', 'north']],
    [`maxDistance: 100`, ['tower']],
    [`minDistance: 50, maxDistance: 200`, ['north']],
    [`minDistance: 20000`, ['beijing']],
    // To the nearest part of the road, which is not one of its ends.
    [`minDistance: 4000, maxDistance: 4600`, ['road']],
    [`maxDistance: 20000`, ['tower', 'north', 'road', 'far']],
  ])('geoNear({ %s }) finds the nearest first', async (options, expected) => {
    expect(await runner.value(sdk, near(options))).toEqual(expected);
  });

  test('geoNear together with another condition', async () => {
    const code = `ids({ at: _.geoNear({ geometry: ${HERE}, maxDistance: 200 }), kind: 'shop' })`;
    expect(await runner.value(sdk, code)).toEqual(['north']);
  });

  test.each([
    [`{ geometry: ${SQUARE} }`, ['north', 'tower']],
    [
      `{ geometry: db.Geo.MultiPolygon([${SQUARE}, db.Geo.Polygon([db.Geo.LineString([db.Geo.Point(116, 39), db.Geo.Point(117, 39), db.Geo.Point(117, 40), db.Geo.Point(116, 40), db.Geo.Point(116, 39)])])]) }`,
      ['beijing', 'north', 'tower'],
    ],
    [`{ centerSphere: [[113.33, 23.11], 0.00002] }`, ['north', 'tower']],
    [`{ centerSphere: [${HERE}, 0.00001] }`, ['tower']],
    // 5 km: a part of the road, not all of it.
    [`{ centerSphere: [[113.33, 23.15], ${5 / 6378.1}] }`, ['north', 'tower']],
    [`{ centerSphere: [[113.33, 23.15], ${9 / 6378.1}] }`, ['far', 'north', 'road', 'tower']],
  ])('geoWithin(%s)', async (options, expected) => {
    if (sdk === 'wx-server-sdk' && options.includes('centerSphere')) return;
    expect(await runner.value(sdk, `ids({ at: _.geoWithin(${options}) })`)).toEqual(expected);
  });

  test.each([
    [SQUARE, ['north', 'tower']],
    [HERE, ['tower']],
    [`db.Geo.LineString([db.Geo.Point(113.35, 23.1), db.Geo.Point(113.35, 23.3)])`, ['road']],
    [`db.Geo.MultiPoint([${HERE}, db.Geo.Point(116.39, 39.9)])`, ['beijing', 'tower']],
  ])('geoIntersects({ geometry: %s })', async (geometry, expected) => {
    const code = `ids({ at: _.geoIntersects({ geometry: ${geometry} }) })`;
    expect(await runner.value(sdk, code)).toEqual(expected);
  });

  test('a shape comes back as what it was', async () => {
    const code = `one('tower').then(({ at }) => [at.longitude, at.latitude, typeof at.toJSON])`;
    expect(await runner.value(sdk, code)).toEqual([113.33, 23.11, 'function']);
  });

  test.each([
    `{ at: _.geoWithin({ geometry: ${HERE} }) }`,
    `{ at: _.geoNear({ geometry: db.Geo.LineString([${HERE}, db.Geo.Point(0, 0)]) }) }`,
  ])('%s is refused', async (query) => {
    await runner.failure(sdk, `ids(${query})`);
  });

  test('the aggregation stage geoNear tells distances', async () => {
    const code = `pipeline((p) => p.geoNear({ distanceField: 'distance', spherical: true, near: ${HERE}, maxDistance: 20000, query: { kind: 'sight' }, includeLocs: 'place' }).project({ distance: $.floor('$distance'), place: 1 }))`;
    expect(await runner.value(sdk, code)).toMatchObject([
      { _id: 'tower', distance: 0 },
      { _id: 'far', distance: 10_018 },
    ]);
  });

  test('geoNear is the first stage, or none', async () => {
    await runner.failure(
      sdk,
      `pipeline((p) => p.limit(3).geoNear({ distanceField: 'd', spherical: true, near: ${HERE} }))`,
    );
  });
});
