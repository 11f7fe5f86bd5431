/** The actions behind `get` and `count`. */
import { encodeEjson } from '../protocol/ejson';
import { checkResultSize, DEFAULT_DOCUMENTS, MAX_DOCUMENTS } from './limits';
import { countDocuments, findDocuments } from './query/find-documents';
import { projectDocuments } from './query/project-documents';
import {
  countOr,
  existingCollection,
  orderOf,
  projectionOf,
  queryOf,
  transactionOf,
  type Action,
} from './request';
import { writeError } from './write-errors';

export const getDocument: Action = (body, context) => {
  const name = existingCollection(body, context);
  const order = orderOf(body, context);
  const request = {
    query: queryOf(body, context),
    ...(order !== undefined && { order }),
    skip: countOr(0, body['offset']),
    limit: Math.min(countOr(DEFAULT_DOCUMENTS, body['limit']), MAX_DOCUMENTS),
  };
  const projection = projectionOf(body, context);
  try {
    const { documents, cost } = context.store.read(
      name,
      (collection) => findDocuments(collection, request),
      transactionOf(body),
    );
    const list = projectDocuments(documents, request.query.fields, projection).map(encodeEjson);
    checkResultSize(list);
    return { data: { list }, matched: list.length, cost };
  } catch (error) {
    throw writeError(name, error);
  }
};

export const calculateDocument: Action = (body, context) => {
  const name = existingCollection(body, context);
  const query = queryOf(body, context);
  try {
    const { total, cost } = context.store.read(name, (collection) =>
      countDocuments(collection, query),
    );
    return { data: { total }, matched: total, cost };
  } catch (error) {
    throw writeError(name, error);
  }
};
