/** The actions of the admin protocol on documents, by name. */
import { addCollection } from './add-collection';
import { aggregate, aggregateDocuments } from './aggregate-documents';
import { calculateDocument, getDocument } from './read-documents';
import type { Action } from './request';
import { abortTransaction, commitTransaction, startTransaction } from './transaction-actions';
import {
  insertDocument,
  modifyAndReturnDoc,
  modifyDocument,
  removeDocument,
} from './write-documents';

export type { ActionResult } from './request';

export const actions: Readonly<Record<string, Action>> = {
  'database.addCollection': addCollection,
  'database.getDocument': getDocument,
  'database.calculateDocument': calculateDocument,
  'database.aggregate': aggregate,
  'database.aggregateDocuments': aggregateDocuments,
  'database.insertDocument': insertDocument,
  'database.modifyDocument': modifyDocument,
  'database.modifyAndReturnDoc': modifyAndReturnDoc,
  'database.removeDocument': removeDocument,
  'database.startTransaction': startTransaction,
  'database.commitTransaction': commitTransaction,
  'database.abortTransaction': abortTransaction,
};
