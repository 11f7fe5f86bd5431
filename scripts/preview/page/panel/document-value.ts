/** A document of the database, read from canonical EJSON, as people read it. */
import { isRecord } from '../shared/is-record';

export type DocumentValue =
  | { kind: 'text'; text: string }
  /** Of another type than text, in a word: `null`, `true`, `12.5`, `Point 113.3, 23.1` ... */
  | { kind: 'word'; text: string }
  /** Epoch milliseconds. */
  | { kind: 'date'; at: number }
  | { kind: 'list'; items: readonly DocumentValue[] }
  | { kind: 'fields'; fields: readonly Field[] };

export type Field = readonly [name: string, value: DocumentValue];

export interface ReadDocument {
  /** In words. */
  id: string;
  /** Whose it is; `''`: nobody's. */
  openid: string;
  /** Without `_id`. */
  fields: readonly Field[];
}

/** @param text an EJSON string, as the admin protocol sends it */
export function readDocument(text: string): ReadDocument {
  const json: unknown = JSON.parse(text);
  const { _id, ...others } = isRecord(json) ? json : {};
  const { _openid: openid } = others;
  return {
    id: asText(readValue(_id)),
    openid: typeof openid === 'string' ? openid : '',
    fields: fieldsOf(others),
  };
}

/** On one line, as JavaScript would be written, dates in ISO 8601. */
export function asText(value: DocumentValue): string {
  switch (value.kind) {
    case 'text':
    case 'word':
      return value.text;
    case 'date':
      return isoDate(value.at);
    case 'list':
      return `[${value.items.map(quoted).join(', ')}]`;
    case 'fields':
      return fieldsAsText(value.fields);
  }
}

export function fieldsAsText(fields: readonly Field[]): string {
  if (fields.length === 0) return '{}';
  return `{ ${fields.map(([name, value]) => `${name}: ${quoted(value)}`).join(', ')} }`;
}

function quoted(value: DocumentValue): string {
  return value.kind === 'text' ? JSON.stringify(value.text) : asText(value);
}

/** A date beyond what JavaScript can tell stays a number. */
export function isoDate(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

function readValue(value: unknown): DocumentValue {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(readValue) };
  if (!isRecord(value)) return word(String(value));
  return typed(value) ?? geo(value) ?? { kind: 'fields', fields: fieldsOf(value) };
}

function fieldsOf(value: Readonly<Record<string, unknown>>): Field[] {
  return Object.entries(value).map(([name, part]) => [name, readValue(part)]);
}

function word(text: string): DocumentValue {
  return { kind: 'word', text };
}

/** https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/ */
function typed(value: Readonly<Record<string, unknown>>): DocumentValue | undefined {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [type, inside] = entry;
  switch (type) {
    case '$numberInt':
    case '$numberLong':
    case '$numberDecimal':
      return word(String(inside));
    case '$numberDouble':
      return word(String(inside).replace(/\.0$/, ''));
    case '$oid':
      return word(`ObjectId ${String(inside)}`);
    case '$date':
      return { kind: 'date', at: timeOf(inside) };
    case '$regularExpression':
      if (!isRecord(inside)) return undefined;
      return word(`/${String(inside['pattern'])}/${String(inside['options'])}`);
    case '$binary':
      if (!isRecord(inside)) return undefined;
      return word(`Binary ${String(byteLength(String(inside['base64'])))} B`);
    default:
      return undefined;
  }
}

function timeOf(inside: unknown): number {
  if (typeof inside === 'string') return Date.parse(inside);
  return Number(isRecord(inside) ? inside['$numberLong'] : inside);
}

function byteLength(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}

/** A point is one thing; lines and polygons are read like other fields. */
function geo({ type, coordinates, ...others }: Readonly<Record<string, unknown>>) {
  if (type !== 'Point' || !Array.isArray(coordinates)) return undefined;
  if (Object.keys(others).length > 0) return undefined;
  return word(`Point ${coordinates.map((one) => asText(readValue(one))).join(', ')}`);
}
