/**
 * The operators of queries, projections and aggregations: mingo's, and our own, one per file, where
 * mingo differs from the cloud. Operators that run code or write collections are refused.
 */
import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import { Query } from 'mingo/query';
import type { OperatorOptions } from './query/operator-options';
import { refusing } from './refusal';
import { $addToSet } from './accumulator/add-to-set';
import { $avg } from './accumulator/avg';
import { $mergeObjects } from './accumulator/merge-objects';
import { $max, $min } from './accumulator/min-max';
import { $push } from './accumulator/push';
import { $stdDevPop, $stdDevSamp } from './accumulator/std-dev';
import { $sum } from './accumulator/sum';
import { $arrayElemAt } from './expression/array-elem-at';
import { $arrayToObject } from './expression/array-to-object';
import { comparisonOperators } from './expression/comparison';
import { $dateFromParts } from './expression/date-from-parts';
import { $dateFromString } from './expression/date-from-string';
import { datePartOperators } from './expression/date-parts';
import { $dateToString } from './expression/date-to-string';
import { $in as $isIn } from './expression/in';
import { $indexOfArray, $indexOfBytes, $indexOfCP } from './expression/index-of';
import { $strcasecmp, $toLower, $toUpper } from './expression/letter-case';
import { $ln, $log, $log10 } from './expression/logarithms';
import { $mod as $remainder } from './expression/mod';
import { oneArgumentOperators } from './expression/one-argument';
import { $reduce } from './expression/reduce';
import { $reverseArray } from './expression/reverse-array';
import { $setUnion } from './expression/set-union';
import { $size as $sizeOf } from './expression/size';
import { $slice } from './expression/slice';
import { $substrBytes, $substrCP } from './expression/substr';
import { $switch } from './expression/switch';
import { $round, $trunc } from './expression/trunc';
import { $zip } from './expression/zip';
import { $bucketAuto } from './pipeline/bucket-auto';
import { checkedStages } from './pipeline/checked-stages';
import { $count } from './pipeline/count';
import { $geoNear } from './pipeline/geo-near';
import { $sample } from './pipeline/sample';
import { $sort } from './pipeline/sort';
import { $all } from './query/all';
import { $elemMatch } from './query/elem-match';
import { $eq } from './query/eq';
import { $exists } from './query/exists';
import { $geoIntersects } from './query/geo-intersects';
import { $geoWithin } from './query/geo-within';
import { $gt } from './query/gt';
import { $gte } from './query/gte';
import { $in } from './query/in';
import { $and, $nor, $or } from './query/logical';
import { $jsonSchema } from './query/json-schema';
import { $lt } from './query/lt';
import { $lte } from './query/lte';
import { $mod } from './query/mod';
import { $ne } from './query/ne';
import { $nearSphere } from './query/near-sphere';
import { $nin } from './query/nin';
import { $size } from './query/size';

const own = {
  query: {
    $all,
    $and,
    $elemMatch,
    $eq,
    $exists,
    $geoIntersects,
    $geoWithin,
    $gt,
    $gte,
    $in,
    $jsonSchema,
    $lt,
    $lte,
    $mod,
    $ne,
    $nearSphere,
    $nin,
    $nor,
    $or,
    $size,
  },
  pipeline: { ...checkedStages, $bucketAuto, $count, $geoNear, $sample, $sort },
  expression: {
    ...oneArgumentOperators,
    ...comparisonOperators,
    ...datePartOperators,
    $arrayElemAt,
    $arrayToObject,
    $avg,
    $dateFromParts,
    $dateFromString,
    $dateToString,
    $in: $isIn,
    $indexOfArray,
    $indexOfBytes,
    $indexOfCP,
    $ln,
    $log,
    $log10,
    $max,
    $mergeObjects,
    $min,
    $mod: $remainder,
    $reduce,
    $reverseArray,
    $round,
    $setUnion,
    $size: $sizeOf,
    $slice,
    $stdDevPop,
    $stdDevSamp,
    $strcasecmp,
    $substr: $substrBytes,
    $substrBytes,
    $substrCP,
    $sum,
    $switch,
    $toLower,
    $toUpper,
    $trunc,
    $zip,
  },
  accumulator: { $addToSet, $push },
};

const REFUSED = ['$out', '$merge', '$documents', '$where', '$function', '$accumulator'];

type Operators = NonNullable<Parameters<typeof Context.init>[0]>;

const allowed = (operators: object): object =>
  Object.fromEntries(Object.entries(operators).filter(([name]) => !REFUSED.includes(name)));

type Operator = (...parts: unknown[]) => unknown;

/** What an operator throws names it. */
const named = (operators: object): object =>
  Object.fromEntries(
    Object.entries(operators as Record<string, Operator>).map(([name, operator]) => [
      name,
      (...parts: unknown[]): unknown => refusing(name, () => operator(...parts)),
    ]),
  );

const operators: Operators = {
  query: named({ ...allowed(queries), ...own.query }),
  pipeline: named({ ...allowed(stages), ...own.pipeline }),
  projection: named(allowed(projections)),
  expression: named({ ...allowed(expressions), ...own.expression }),
  accumulator: named({ ...allowed(accumulators), ...own.accumulator }),
} as unknown as Operators;

export const operatorNames = {
  query: Object.keys(operators.query ?? {}),
  pipeline: Object.keys(operators.pipeline ?? {}),
  expression: Object.keys({ ...operators.expression, ...operators.accumulator }),
};

const plain: OperatorOptions = { context: Context.init(operators), scriptEnabled: false };

/** mingo's own class of options, which it does not export but gives to each operator. */
interface OwnOptions extends OperatorOptions {
  readonly local: { timestamp?: number };
}

const OwnOptions = ((): { init(options: OperatorOptions): OwnOptions } => {
  let own: unknown;
  const $eq = (_path: string, _operand: unknown, given: object): (() => boolean) => {
    own = given.constructor;
    return () => true;
  };
  new Query({ a: 1 }, { context: Context.init({ query: { $eq } }) });
  return own as { init(options: OperatorOptions): OwnOptions };
})();

/** Of its own class: for a plain object mingo would copy all operators, for each query. */
const forQueries = OwnOptions.init(plain);

/** @param nowMs what `$$NOW` is */
export function queryOptions(nowMs: number): OperatorOptions {
  forQueries.local.timestamp = nowMs;
  return forQueries;
}

/** @param nowMs what `$$NOW` is @param collectionResolver finds the documents for `$lookup` */
export function pipelineOptions(
  nowMs: number,
  collectionResolver: NonNullable<OperatorOptions['collectionResolver']>,
): OperatorOptions {
  const options = OwnOptions.init({ ...plain, collectionResolver });
  options.local.timestamp = nowMs;
  return options;
}

/** Where no expression can be, and so no `$$NOW`. */
export const operatorOptions: OperatorOptions = forQueries;
