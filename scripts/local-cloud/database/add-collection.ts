import { AdminError } from '../protocol/admin-error';
import type { Action } from './request';

const COLLECTION_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$/;

export const addCollection: Action = async ({ collectionName: name }, { store }) => {
  if (typeof name !== 'string' || !COLLECTION_NAME.test(name)) {
    throw new AdminError('INVALID_PARAM', 'collectionName is not a valid name of a collection');
  }
  if (!(await store.addCollection(name))) {
    throw new AdminError('DATABASE_COLLECTION_ALREADY_EXIST', `collection ${name} already exists`);
  }
  return { data: {}, matched: 0 };
};
