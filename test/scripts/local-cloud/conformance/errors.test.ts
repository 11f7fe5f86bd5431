/**
 * Errors and limits: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/error-code.html
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import { openCloud } from '../../../support/local-cloud';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner();
});
afterAll(() => runner.close());
beforeEach(() => runner.seed([{ _id: 'a', n: 1 }]));

describe.each(SDKS)('%s', (sdk) => {
  const isWx = sdk === 'wx-server-sdk';
  const checked = `.then((r) => { if (r.code) throw Object.assign(new Error(r.message), r); return r; })`;

  test.each([
    [`db.collection('nowhere').where({ n: 1 }).get()`, -502005, 'DATABASE_COLLECTION_NOT_EXIST'],
    [`db.collection('nowhere').count()`, -502005, 'DATABASE_COLLECTION_NOT_EXIST'],
    [`db.collection('nowhere').where({ n: 1 }).remove()`, -502005, 'DATABASE_COLLECTION_NOT_EXIST'],
    [
      `things.where({ n: _.in([1]), m: { $nonsense: 1 } }).get()`,
      -502001,
      'DATABASE_REQUEST_FAILED',
    ],
  ])('%s fails with %s', async (code, errCode, adminCode) => {
    const failure = await runner.failure(sdk, `${code}${checked}`);
    expect(isWx ? failure['errCode'] : failure['code']).toBe(isWx ? errCode : adminCode);
  });

  test('code is no condition', async () => {
    const failure = await runner.failure(sdk, `things.where({ $where: '1' }).get()${checked}`);
    expect(failure['message']).toContain('unknown top level operator: $where');
  });

  test('an existing collection cannot be made again', async () => {
    await runner.value(sdk, `db.createCollection('made').then(() => 'made')`);
    const failure = await runner.failure(sdk, `db.createCollection('made')${checked}`);
    expect(JSON.stringify(failure)).toContain('exist');
  });

  test('a second document with the same id is a duplicate', async () => {
    const failure = await runner.failure(sdk, `add({ _id: 'a', n: 2 })`);
    expect(failure['message']).toContain('E11000 duplicate key error');
    expect(isWx ? failure['errCode'] : failure['code']).toBe(
      isWx ? -501001 : 'DATABASE_DUPLICATE_WRITE',
    );
  });

  /** wx takes options, node takes the data itself. */
  const data = (fields: string): string => (isWx ? `{ data: ${fields} }` : fields);

  test.each([
    [`things.add(${data(`{ $sum: 1 }`)})`, `'$sum' in '$sum'`],
    [`things.add(${data(`{ a: { $sum: 1 } }`)})`, `'$sum' in 'a.$sum'`],
    [`things.add(${data(`{ a: [{ b: _.gt(1) }] }`)})`, `'$gt' in 'a.0.b.$gt'`],
    [`things.doc('a').set(${data(`{ a: { $sum: 1 } }`)})`, `'$sum' in 'a.$sum'`],
    [`things.doc('a').update(${data(`{ a: _.set({ $sum: 1 }) }`)})`, `'$sum' in 'a.$sum'`],
  ])('a field that begins with $ is not stored: %s', async (code, field) => {
    const failure = await runner.failure(sdk, `${code}${checked}`);
    expect(failure).toMatchObject(
      isWx ? { errCode: -502001 } : { code: 'DATABASE_REQUEST_FAILED' },
    );
    expect(failure['message']).toContain(field);
    expect(await runner.value(sdk, `find()`)).toEqual([{ _id: 'a', n: 1 }]);
  });

  test.each([
    [`{ n: undefined, m: { k: undefined } }`, 'undefined'],
    [`{ n: _.set(undefined) }`, "'$set' is empty"],
  ])('an update without a field that is not undefined says that: %s', async (fields, says) => {
    const failure = await runner.failure(sdk, `things.doc('a').update(${data(fields)})${checked}`);
    expect(failure).toMatchObject(
      isWx ? { errCode: -502001 } : { code: 'DATABASE_REQUEST_FAILED' },
    );
    expect(failure['message']).toContain(says);
  });

  test('an ObjectId comes as its 24 digits, in any field', async () => {
    const ref = new ObjectId('0123456789abcdef01234567');
    await runner.seed([{ _id: 'a', ref, list: [ref], deep: { ref } }]);
    const digits = ref.toHexString();
    const expected = { _id: 'a', ref: digits, list: [digits], deep: { ref: digits } };
    expect(await runner.value(sdk, `find()`)).toEqual([expected]);
    expect(await runner.value(sdk, `pipeline((p) => p)`)).toEqual([expected]);
  });

  test('a document of more than 5 MB is refused', async () => {
    await runner.failure(sdk, `add({ text: 'x'.repeat(5 * 1024 * 1024) })`);
    expect(await runner.value(sdk, `ids()`)).toEqual(['a']);
  });
});

test('a duplicate key is what the platform was seen to call it too, if that is chosen', async () => {
  const cloud = await openCloud({
    collections: ['things'],
    duplicateKeyCode: 'DATABASE_REQUEST_FAILED',
  });
  try {
    const insert = {
      action: 'database.insertDocument',
      collectionName: 'things',
      data: ['{"_id":"a"}'],
    };
    await cloud.admin(insert);
    expect(await cloud.admin(insert)).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('E11000'),
    });
  } finally {
    await cloud.close();
  }
});
