/**
 * What queries, projections and aggregations may use: mingo's operators and, in the place of those that differ from the
 * cloud's, our own, one a file. What runs code, writes collections or is not here is refused by its name.
 */
import { Context } from 'mingo/core';
import type { Options } from 'mingo/types';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import { comparisonOperators } from './expression/comparison';
import { $indexOfCP } from './expression/index-of-cp';
import { oneArgumentOperators } from './expression/one-argument';
import { $switch } from './expression/switch';
import { $round, $trunc } from './expression/trunc';
import { $week } from './expression/week';
import { $count } from './pipeline/count';
import { $geoNear } from './pipeline/geo-near';
import { $project } from './pipeline/project';
import { $sort } from './pipeline/sort';
import { $all } from './query/all';
import { $eq } from './query/eq';
import { $exists } from './query/exists';
import { $geoIntersects } from './query/geo-intersects';
import { $geoWithin } from './query/geo-within';
import { $gt } from './query/gt';
import { $gte } from './query/gte';
import { $in } from './query/in';
import { $and, $nor, $or } from './query/logical';
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
    $eq,
    $exists,
    $geoIntersects,
    $geoWithin,
    $gt,
    $gte,
    $in,
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
  pipeline: { $count, $geoNear, $project, $sort },
  expression: {
    ...oneArgumentOperators,
    ...comparisonOperators,
    $indexOfCP,
    $round,
    $switch,
    $trunc,
    $week,
  },
};

const REFUSED = [
  '$out',
  '$merge',
  '$documents',
  '$where',
  '$jsonSchema',
  '$function',
  '$accumulator',
];

type Operators = NonNullable<Parameters<typeof Context.init>[0]>;

const allowed = (operators: object): object =>
  Object.fromEntries(Object.entries(operators).filter(([name]) => !REFUSED.includes(name)));

const operators: Operators = {
  query: { ...allowed(queries), ...own.query },
  pipeline: { ...allowed(stages), ...own.pipeline },
  projection: { ...allowed(projections) },
  expression: { ...allowed(expressions), ...own.expression },
  accumulator: { ...allowed(accumulators) },
} as unknown as Operators;

export type OperatorOptions = Partial<Options>;

export const operatorOptions: OperatorOptions = {
  context: Context.init(operators),
  scriptEnabled: false,
};
