import { AdminError } from '../protocol/admin-error';
import { isCollectionName } from './collection-name';
import type { Action } from './request';
import { inWrite } from './write-errors';

export const addCollection: Action = async ({ collectionName: name }, { store }) => {
  if (typeof name !== 'string' || !isCollectionName(name)) {
    throw new AdminError('INVALID_PARAM', 'collectionName is not a valid name of a collection');
  }
  if (!(await inWrite(name, () => store.addCollection(name)))) {
    throw new AdminError('DATABASE_COLLECTION_ALREADY_EXIST', `collection ${name} already exists`);
  }
  return { data: {}, matched: 0 };
};
