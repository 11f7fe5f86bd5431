/** What the writes make of replies; on a real database they are held by the stores' own tests. */
import { describe, expect, test } from '@jest/globals';
import type { database } from 'wx-server-sdk';
import {
  insertUnlessThere,
  removeWhere,
  updateWhere,
} from '../../../../cloudfunctions/shared/database/conditional-writes';

type Collection = ReturnType<ReturnType<typeof database>['collection']>;

/** A collection whose every operation is answered so. */
function answering(answer: () => Promise<unknown>): Collection {
  const query = { update: answer, remove: answer };
  return { add: answer, where: () => query } as unknown as Collection;
}

describe('a conditional write', () => {
  test('resolves to how many documents it changed', async () => {
    const collection = answering(() => Promise.resolve({ stats: { updated: 2, removed: 3 } }));
    expect(await updateWhere(collection, {}, {})).toBe(2);
    expect(await removeWhere(collection, {})).toBe(3);
  });

  test.each([undefined, null, {}, { stats: null }, { stats: {} }, { stats: { updated: '1' } }])(
    'that is answered %j is not taken for one that changed nothing',
    async (reply) => {
      const collection = answering(() => Promise.resolve(reply));
      await expect(updateWhere(collection, {}, {})).rejects.toThrow(TypeError);
      await expect(removeWhere(collection, {})).rejects.toThrow(TypeError);
    },
  );
});

describe('an insertion', () => {
  test('says whether the id was free', async () => {
    const taken = { errMsg: 'collection.add:fail -502001 E11000 duplicate key' };
    expect(
      await insertUnlessThere(
        answering(() => Promise.resolve({})),
        { _id: 'a' },
      ),
    ).toBe(true);
    expect(
      await insertUnlessThere(
        answering(() => Promise.reject(taken as unknown as Error)),
        {
          _id: 'a',
        },
      ),
    ).toBe(false);
  });

  test('throws on what else the database says', async () => {
    const down = new Error('down');
    await expect(
      insertUnlessThere(
        answering(() => Promise.reject(down)),
        { _id: 'a' },
      ),
    ).rejects.toBe(down);
  });
});
