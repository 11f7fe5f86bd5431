/** What the cloud answers, decoded: `unknown` in, the fields that are there out. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number {
  const plain = isFields(value)
    ? (value['$numberInt'] ?? value['$numberLong'] ?? value['$numberDouble'])
    : value;
  const number = Number(plain);
  return Number.isFinite(number) ? number : 0;
}

/** An EJSON date, canonical or relaxed, as epoch milliseconds. */
export function dateOf(value: unknown): number | undefined {
  if (!isFields(value)) return undefined;
  const date = value['$date'];
  if (typeof date === 'string') return Date.parse(date);
  return date === undefined ? undefined : numberOf(date);
}
