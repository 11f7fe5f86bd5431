/**
 * Requests that make no sense: whatever is sent, the answer has the platform's shape, and none of
 * the words of a library or of JavaScript.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import fc from 'fast-check';
import type { Answer, TestCloud } from '#local-cloud/testing';
import { operatorNames } from '../../../../scripts/local-cloud/database/operators/context';
import { updateOperators } from '../../../../scripts/local-cloud/database/update/operators';
import { openCloud } from '../../../support/local-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloud({
    collections: [
      {
        name: 'things',
        permission: 'ADMINONLY',
        indexes: [{ name: 'by_a', keys: [{ field: 'a', order: 'asc' }], unique: false }],
      },
    ],
  });
  const documents = [
    { _id: 'x', a: 1, b: [1, { c: 2 }], d: new Date(5), s: 'text', n: null, o: { a: { b: 1 } } },
    { _id: 'y', a: [1, 2], b: 'text', d: 5, s: [], n: [null], o: [] },
    { _id: 'z' },
  ];
  const data = documents.map((document) => EJSON.stringify(document, { relaxed: false }));
  await send('insertDocument', { data });
});
afterAll(() => cloud.close());

const send = (action: string, body: object): Promise<Answer> =>
  cloud.admin({ action: `database.${action}`, collectionName: 'things', ...body });

const LIBRARIES =
  /lmdb|mdb_|mingo|bson(?!_)|cannot read|undefined is not|is not a function|is not iterable|at .*\.[jt]s|call stack|invalid argument|unexpected token|strict mode|registered|properties of|undefined or null|Symbol\(/i;
const CODES = [
  'DATABASE_COLLECTION_NOT_EXIST',
  'DATABASE_REQUEST_FAILED',
  'INVALID_PARAM',
  'DATABASE_DUPLICATE_WRITE',
];

const path = fc.constantFrom('a', 'b', 'b.c', 'b.0', 'o.a', 'd', 's', 'n', '_id', '', '.', 'a..b');
const usual = fc.constantFrom<unknown>(
  ...[null, true, 0, -1, 1.5, 1e20, '', '$a', '$b.c', '$$ROOT', '$$x', '$', 'text', '%Y', '('],
  ...[{ $date: '2026-01-01T00:00:00Z' }, { $numberDecimal: '1.5' }, { $minKey: 1 }],
  ...[{ $numberDouble: 'NaN' }, { $numberLong: '9223372036854775807' }, [], {}, [null], [[]]],
);
/** What is not even a value. */
const unusual = fc.constantFrom<unknown>(
  ...[{ $date: 'no' }, { $oid: 'x' }, { $numberLong: 'x' }, { $undefined: true }, { $code: 'x' }],
  ...[{ $regex: '(' }, { $regularExpression: { pattern: 'a', options: 'x' } }],
  ...[{ $tcb_server_date: { offset: 'x' } }, { $binary: 5 }],
);
const { query, pipeline, expression } = operatorNames;
const operator = fc.constantFrom(...expression, ...expression, ...query, '$nonsense');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 40, arbitrary: usual },
    { weight: 1, arbitrary: unusual },
    {
      weight: 25,
      arbitrary: fc.tuple(operator, tie('value')).map(([name, operand]) => ({ [name]: operand })),
    },
    { weight: 15, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 15, arbitrary: fc.dictionary(path, tie('value'), { maxKeys: 3 }) },
  ),
}));
const object = (...names: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(names.length === 0 ? path : fc.constantFrom(...names), value, {
    minKeys: 1,
    maxKeys: 2,
  });
const text = (fields: fc.Arbitrary<object>): fc.Arbitrary<string> =>
  fields.map((one) => JSON.stringify(one));
const aQuery = text(
  fc.oneof(
    object(),
    object(...query),
    fc.dictionary(path, object(...query), { minKeys: 1, maxKeys: 2 }),
    value.map(($expr) => ({ $expr })),
  ),
);
const aDocument = text(object());
const anUpdate = text(
  fc.dictionary(fc.constantFrom(...Object.keys(updateOperators), '$nonsense'), object(), {
    minKeys: 1,
    maxKeys: 2,
  }),
);
/** What the stages ask for. */
const asked = fc.constantFrom(
  ...['from', 'localField', 'foreignField', 'as', 'let', 'pipeline', 'groupBy', 'boundaries'],
  ...['default', 'output', 'buckets', 'granularity', 'near', 'distanceField', 'spherical', 'query'],
  ...[
    'path',
    'includeArrayIndex',
    'newRoot',
    '_id',
    'size',
    'startWith',
    'sortBy',
    'coll',
    'input',
  ],
);
const stage = fc
  .tuple(
    fc.constantFrom(...pipeline, '$match', '$group', '$project', '$addFields', '$nonsense'),
    fc.oneof(value, object(), fc.dictionary(asked, value, { maxKeys: 4 })),
  )
  .map(([stageKey, operand]) => ({ stageKey, stageValue: JSON.stringify(operand) }));

const request = fc.oneof(
  fc
    .record(
      { query: aQuery, order: text(object()), projection: text(object()) },
      { requiredKeys: [] },
    )
    .map((body) => ({
      action: 'getDocument',
      ...body,
    })),
  fc.record({ query: aQuery }).map((body) => ({ action: 'calculateDocument', ...body })),
  fc.record({ stages: fc.array(stage, { maxLength: 3 }) }).map((body) => ({
    action: 'aggregateDocuments',
    ...body,
  })),
  fc
    .record(
      { query: aQuery, data: anUpdate, upsert: fc.boolean(), multi: fc.boolean() },
      { requiredKeys: ['data'] },
    )
    .map((body) => ({ action: 'modifyDocument', merge: true, ...body })),
  fc
    .record({ query: aQuery, data: anUpdate })
    .map((body) => ({ action: 'modifyAndReturnDoc', ...body })),
  fc.record({ data: fc.array(aDocument, { maxLength: 2 }) }).map((body) => ({
    action: 'insertDocument',
    ...body,
  })),
  // Nothing that is the parameter's type.
  fc
    .tuple(
      fc.constantFrom('getDocument', 'modifyDocument', 'insertDocument', 'aggregateDocuments'),
      fc.dictionary(
        fc.constantFrom('query', 'data', 'order', 'projection', 'stages', 'limit', 'offset'),
        fc.oneof(usual, fc.constantFrom('[1]', '{"a":')),
      ),
    )
    .map(([action, body]) => ({ action, ...body })),
);

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1_500);

test(`${RUNS} requests that make no sense are answered by the platform's codes`, async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ action, ...body }) => {
      const answer = await send(action, body);
      const { code, message } = answer;
      if (code === undefined) return;
      expect(CODES).toContain(code);
      expect(message).not.toMatch(LIBRARIES);
    }),
    { numRuns: RUNS, ...(process.env['FUZZ_SEED'] && { seed: Number(process.env['FUZZ_SEED']) }) },
  );
});
