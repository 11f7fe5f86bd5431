import { isFields } from '../bson/fields';
import type { SortOrder } from './sort-documents';
import { InvalidRequest } from './invalid-request';

/** @throws InvalidRequest unless it is an object of fields, each 1 or -1 */
export function decodeSortOrder(name: string, value: unknown): SortOrder {
  const fields = isFields(value) ? Object.entries(value) : [];
  if (fields.length === 0) throw new InvalidRequest(`${name} needs at least one field`);
  for (const [field, direction] of fields) {
    if (direction !== 1 && direction !== -1) {
      throw new InvalidRequest(`${name} of ${JSON.stringify(field)} must be 1 or -1`);
    }
  }
  return value as SortOrder;
}
