/** What an update as a whole makes of a document; single operators are judged by `conformance/`. */
import { describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import { compileUpdate } from '../../../../../scripts/local-cloud/database/update/apply-update';

const NOW = 1_700_000_000_000;

function updated(
  document: object,
  operators: object,
  { query = {}, isInsert = false }: { query?: object; isInsert?: boolean } = {},
): object {
  const changed = { _id: 'x', ...document };
  compileUpdate(operators as Record<string, unknown>, query as Record<string, unknown>, {
    isInsert,
    nowMs: NOW,
  })(changed);
  return changed;
}

describe('an update', () => {
  test('applies all its operators', () => {
    const operators = { $set: { a: 1, 'b.c': 2 }, $inc: { n: 2 }, $unset: { old: '' } };
    expect(updated({ n: 1, old: 1 }, operators)).toEqual({ _id: 'x', n: 3, a: 1, b: { c: 2 } });
  });

  test('sets fields for an insert only when it inserts', () => {
    const operators = { $setOnInsert: { made: true }, $set: { a: 1 } };
    expect(updated({}, operators)).toEqual({ _id: 'x', a: 1 });
    expect(updated({}, operators, { isInsert: true })).toEqual({ _id: 'x', a: 1, made: true });
  });

  test('sets the server’s date, not the machine’s', () => {
    const operators = { $currentDate: { at: true, 'deep.at': { $type: 'date' } } };
    const at = new Date(NOW);
    expect(updated({}, operators)).toEqual({ _id: 'x', at, deep: { at } });
  });

  test('changes the element that the query found, although it no longer matches meanwhile', () => {
    const operators = { $set: { 'list.$.state': 'sold', 'list.$.at': 5 } };
    const list = [{ state: 'sold' }, { state: 'free' }];
    expect(updated({ list }, operators, { query: { 'list.state': 'free' } })).toMatchObject({
      list: [{ state: 'sold' }, { state: 'sold', at: 5 }],
    });
  });

  test('changes nothing where a field is missing that an operator does not create', () => {
    expect(updated({ a: 1 }, { $pull: { b: 1 }, $unset: { 'c.d': '' } })).toEqual({
      _id: 'x',
      a: 1,
    });
  });

  test('renames a field, in place of one that has the name', () => {
    expect(updated({ a: 1, b: 2 }, { $rename: { a: 'b' } })).toEqual({ _id: 'x', b: 1 });
  });

  test('once compiled, finds the element of each document anew', () => {
    const update = compileUpdate(
      { $set: { 'list.$': 0 } },
      { list: 1 },
      { isInsert: false, nowMs: 0 },
    );
    const documents = [
      { _id: 1, list: [1, 2] },
      { _id: 2, list: [2, 1] },
    ];
    documents.forEach(update);
    expect(documents.map(({ list }) => list)).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });
});

describe('an update is refused', () => {
  test.each<[string, object]>([
    ['of one field twice', { $set: { a: 1 }, $inc: { a: 1 } }],
    ['of a field and a part of it', { $set: { 'a.b': 1 }, $unset: { a: '' } }],
    ['of a part and the field', { $set: { a: 1, 'a.b': 1 } }],
    ['of a field that another one is renamed to', { $rename: { a: 'b' }, $set: { b: 1 } }],
    ['by an operator that does not exist', { $add: { a: 1 } }],
    ['by an operator without fields', { $set: 1 }],
    ['of the id', { $set: { _id: 'y' } }],
    ['that removes the id', { $unset: { _id: '' } }],
    ['that renames the id', { $rename: { _id: 'b' } }],
  ])('%s', (_, operators) => {
    expect(() => updated({ a: { b: 1 } }, operators)).toThrow(TypeError);
  });

  test('of a part of the id, but not one that leaves the id as it is', () => {
    expect(() => updated({ _id: { a: 1 } }, { $set: { '_id.a': 2 } })).toThrow('immutable');
    expect(updated({ _id: { a: 1 } }, { $set: { '_id.a': 1 } })).toEqual({ _id: { a: 1 } });
    const id = new ObjectId();
    const same = new ObjectId(id.toHexString());
    expect(() => updated({ _id: id }, { $set: { _id: same } })).not.toThrow();
  });
});
