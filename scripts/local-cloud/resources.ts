/** What the cloud must hold besides functions, as `cloudfunctions/resources.json` says. */
import { readFileSync } from 'node:fs';

export interface IndexResource {
  name: string;
  /** A path into the document each; several make a compound index, whose order they say. */
  keys: readonly { field: string; order: 'asc' | 'desc' }[];
  /** A field that is missing counts as null (https://cloud.tencent.com/document/product/876/32310). */
  unique: boolean;
}

export interface CollectionResource {
  name: string;
  permission: string;
  indexes: readonly IndexResource[];
}

export interface Resources {
  collections: readonly CollectionResource[];
}

/** @throws Error that names the file when it can't be read or has another shape */
export function readResources(file: string): Resources {
  try {
    const { collections } = fieldsOf(JSON.parse(readFileSync(file, 'utf8')), 'the file');
    return { collections: listOf(collections, 'collections').map(decodeCollection) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} is no list of resources: ${reason}`, { cause });
  }
}

function decodeCollection(value: unknown): CollectionResource {
  const { name, permission, indexes = [] } = fieldsOf(value, 'a collection');
  return {
    name: textOf(name, 'the name of a collection'),
    permission: textOf(permission, 'permission'),
    indexes: listOf(indexes, 'indexes').map(decodeIndex),
  };
}

function decodeIndex(value: unknown): IndexResource {
  const { name, keys, unique = false } = fieldsOf(value, 'an index');
  const decoded = listOf(keys, 'keys').map((key) => {
    const { field, order } = fieldsOf(key, 'a key of an index');
    if (order !== 'asc' && order !== 'desc') throw new TypeError('order must be "asc" or "desc"');
    return { field: textOf(field, 'field'), order } as const;
  });
  if (decoded.length === 0) throw new TypeError('an index needs at least one key');
  return { name: textOf(name, 'the name of an index'), keys: decoded, unique: unique === true };
}

function fieldsOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} must be an object`);
  return value as Record<string, unknown>;
}

function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what} must be an array`);
  return value as unknown[];
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${what} must be a text`);
  return value;
}
