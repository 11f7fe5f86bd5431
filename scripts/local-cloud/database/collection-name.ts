const COLLECTION_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$/;

/** Whether the database takes it as the name of a collection. */
export function isCollectionName(name: string): boolean {
  return COLLECTION_NAME.test(name);
}
