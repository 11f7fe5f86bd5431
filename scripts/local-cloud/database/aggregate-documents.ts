/**
 * The action `aggregateDocuments`: a pipeline of `{ stageKey, stageValue }`, the value as EJSON.
 */
import { Aggregator } from 'mingo/aggregator';
import type { Collection } from './store/collection';
import { AdminError } from '../protocol/admin-error';
import { isFields, type Fields } from '../bson/fields';
import { decodeEjsonValue, encodeEjson } from '../protocol/ejson';
import { checkResultSize, DEFAULT_AGGREGATED, MAX_AGGREGATED } from './limits';
import { pipelineOptions } from './operators/context';
import { refusing } from './operators/refusal';
import { compileQuery } from './query/compiled-query';
import { findDocuments, type FindCost } from './query/find-documents';
import { existingCollection, type Action, type ActionContext } from './request';
import { noSuchCollection, writeError } from './write-errors';

type Stage = Fields;

export const aggregateDocuments: Action = (body, context) => {
  const name = existingCollection(body, context);
  const stages = stagesOf(body, context);
  try {
    const { documents, cost } = context.store.read(name, (collection) =>
      run(stages, collection, context),
    );
    const isLimited = stages.some((stage) => '$limit' in stage);
    const cap = isLimited ? MAX_AGGREGATED : DEFAULT_AGGREGATED;
    const list = documents.slice(0, cap).map(encodeEjson);
    checkResultSize(list);
    return { data: { list }, matched: list.length, cost };
  } catch (error) {
    throw writeError(name, error);
  }
};

/** Of wx-server-sdk 2.1 and 2.2: the list is a text, which holds each document as a text. */
export const aggregate: Action = async (body, context) => {
  const result = await aggregateDocuments(body, context);
  return { ...result, data: { list: JSON.stringify(result.data?.['list']) } };
};

function run(
  stages: readonly Stage[],
  collection: Collection,
  { store, nowMs }: ActionContext,
): { documents: Fields[]; cost: FindCost } {
  // A first `$match` can use an index; the rest of the pipeline works on what it finds.
  const [first, ...rest] = stages;
  const match = first?.['$match'];
  const isMatch = isFields(match);
  const { documents, cost } = findDocuments(collection, {
    query: compileQuery(isMatch ? match : {}, nowMs),
  });
  const options = pipelineOptions(nowMs, (other) => {
    if (!store.hasCollection(other)) throw noSuchCollection(other);
    return store.read(other, (others) => [...others.all()]);
  });
  const pipeline = new Aggregator(isMatch ? rest : [...stages], options);
  return { documents: refusing('the pipeline', () => pipeline.run<Fields>(documents)), cost };
}

function stagesOf({ stages }: Fields, { nowMs }: ActionContext): Stage[] {
  if (!Array.isArray(stages)) throw new AdminError('INVALID_PARAM', 'stages must be an array');
  const decoded = stages.map((stage: unknown): Stage => {
    const { stageKey, stageValue } = isFields(stage) ? stage : {};
    if (typeof stageKey !== 'string' || typeof stageValue !== 'string') {
      throw new AdminError('INVALID_PARAM', 'a stage needs a stageKey and a stageValue');
    }
    return { [stageKey]: decodeEjsonValue(`the stage ${stageKey}`, stageValue, nowMs) };
  });
  const late = decoded.findIndex((stage, position) => position > 0 && '$geoNear' in stage);
  if (late !== -1) {
    throw new AdminError('DATABASE_REQUEST_FAILED', '$geoNear must be the first stage');
  }
  return decoded;
}
