/** Reads the body of a request as the type that it declares. */
import type { Context } from 'hono';
import { isRecord } from '../shared/identity/is-record';
import type { Refusal } from '../shared/session/contract';
import { refuse } from '../shared/session/refusal';
import { CONTENT_TYPE } from './problem';

export type Read<T> = { ok: true; value: T } | Refusal;

/** A JSON object; an empty body is an empty object. */
export async function readJson(c: Context): Promise<Read<Readonly<Record<string, unknown>>>> {
  const text = await c.req.text();
  if (text === '') return { ok: true, value: {} };
  if (!hasType(c, 'application/json')) return wrongType();
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return { ok: true, value };
  } catch {
    // Not JSON: refused below.
  }
  return refuse('INVALID_INPUT', { field: 'data' });
}

export async function readForm(c: Context): Promise<Read<URLSearchParams>> {
  if (!hasType(c, 'application/x-www-form-urlencoded')) return wrongType();
  return { ok: true, value: new URLSearchParams(await c.req.text()) };
}

/** The field `token` of a form (RFC 7662, section 2.1; RFC 7009, section 2.1). */
export async function readFormToken(c: Context): Promise<Read<string>> {
  const form = await readForm(c);
  if (!form.ok) return form;
  const token = form.value.get('token');
  return token === null ? refuse('INVALID_INPUT', { field: 'token' }) : { ok: true, value: token };
}

function hasType(c: Context, type: string): boolean {
  const given = (c.req.header(CONTENT_TYPE) ?? '').split(';')[0] ?? '';
  return given.trim().toLowerCase() === type;
}

const wrongType = (): Refusal => refuse('INVALID_INPUT', { field: CONTENT_TYPE });
