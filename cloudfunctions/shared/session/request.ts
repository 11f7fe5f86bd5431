/**
 * Decodes what a caller sent. `event` is written by the caller, so nothing in it is used before it
 * has passed here: a field that should be a string and is an object such as `{ "$ne": null }` would
 * otherwise become an operator of a database query.
 *
 * Unknown fields are ignored, so that a newer mini program can talk to an older function.
 */
import { isRecord } from '../identity/is-record';
import type { Device, LoginRequest, LogoutRequest, SessionRequest } from './contract';
import {
  ATTEMPT_FORMAT,
  MAX_DEVICE_NAME_LENGTH,
  MAX_DEVICE_PLATFORM_LENGTH,
  MAX_SESSION_ID_LENGTH,
  MAX_TOKEN_LENGTH,
} from './session-policy';
import { visibleText } from './visible-text';

/** `field` is the path of the first wrong field, `data` for the request as a whole. */
export type Decoded<T> = { ok: true; value: T } | { ok: false; field: string };

export type Fields = Readonly<Record<string, unknown>>;

export type DecodedLogin = Omit<LoginRequest, 'device'> & { device: Device };

export function decodeLogin(event: unknown): Decoded<DecodedLogin> {
  return decodeFields(event, 'data', (fields) => {
    const device = decodeDevice(fields['device']);
    if (!device.ok) return device;
    const { sessionToken, attempt, again } = fields;
    if (sessionToken !== undefined && !isToken(sessionToken)) return bad('sessionToken');
    if (attempt !== undefined && !isAttempt(attempt)) return bad('attempt');
    if (again !== undefined && typeof again !== 'boolean') return bad('again');
    return good({
      device: device.value,
      ...(sessionToken !== undefined && { sessionToken }),
      ...(attempt !== undefined && { attempt }),
      ...(again !== undefined && { again }),
    });
  });
}

export function decodeLogout(event: unknown): Decoded<Required<LogoutRequest>> {
  return decodeFields(event, 'data', (fields) => {
    const { scope = 'this', askedAgoMs = 0 } = fields;
    const token = decodeToken(fields);
    if (!token.ok) return token;
    if (scope !== 'this' && scope !== 'others' && scope !== 'everywhere') return bad('scope');
    if (!isDuration(askedAgoMs)) return bad('askedAgoMs');
    return good({ ...token.value, scope, askedAgoMs });
  });
}

export function decodeSessionRequest(event: unknown): Decoded<SessionRequest> {
  return decodeFields(event, 'data', (fields): Decoded<SessionRequest> => {
    const { action, sessionId } = fields;
    if (action !== 'check' && action !== 'list' && action !== 'revoke') return bad('action');
    const token = decodeToken(fields);
    if (!token.ok) return token;
    if (action !== 'revoke') return good({ action, ...token.value });
    if (!isText(sessionId, MAX_SESSION_ID_LENGTH)) return bad('sessionId');
    return good({ action, ...token.value, sessionId });
  });
}

/** The token of a call to a protected function, and the rest of its fields, undecoded. */
export function decodeProtected(event: unknown): Decoded<{ sessionToken: string; data: Fields }> {
  return decodeFields(event, 'data', (fields) => {
    const token = decodeToken(fields);
    if (!token.ok) return token;
    const data = Object.entries(fields).filter(([name]) => name !== 'sessionToken');
    return good({ ...token.value, data: Object.fromEntries(data) });
  });
}

function decodeToken(fields: Fields): Decoded<{ sessionToken: string }> {
  const token = fields['sessionToken'];
  return isToken(token) ? good({ sessionToken: token }) : bad('sessionToken');
}

function decodeDevice(value: unknown): Decoded<Device> {
  if (value === undefined) return good({ name: '', platform: '' });
  return decodeFields(value, 'device', ({ name = '', platform = '' }) => {
    if (!isText(name, MAX_DEVICE_NAME_LENGTH)) return bad('device.name');
    if (!isText(platform, MAX_DEVICE_PLATFORM_LENGTH)) return bad('device.platform');
    // The phone may have cut it short or made it up, and other phones show it.
    return good({ name: visibleText(name), platform: visibleText(platform) });
  });
}

function decodeFields<T>(
  value: unknown,
  name: string,
  decode: (fields: Fields) => Decoded<T>,
): Decoded<T> {
  return isRecord(value) ? decode(value) : bad(name);
}

const isToken = (value: unknown): value is string => isText(value, MAX_TOKEN_LENGTH);

const isAttempt = (value: unknown): value is string =>
  typeof value === 'string' && ATTEMPT_FORMAT.test(value);

/** In milliseconds. */
const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

const isText = (value: unknown, maxLength: number): value is string =>
  typeof value === 'string' && value.length <= maxLength;

const good = <T>(value: T): Decoded<T> => ({ ok: true, value });
const bad = (field: string): { ok: false; field: string } => ({ ok: false, field });
