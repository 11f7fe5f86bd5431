/** A document, or an object within one. */
export type Fields = Record<string, unknown>;

/** A plain object; dates, ids and other BSON values are not. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
