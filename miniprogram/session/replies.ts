/**
 * Checks what comes back from a call. What does not have the contract's shape says nothing: it may
 * be the page of a captive portal or a proxy, or the answer of somebody else's function.
 */
import type {
  Device,
  Refusal,
  RefusalDetail,
  SessionErrorCode,
  SessionInfo,
} from '#functions/session-contract';
import type { EndCode } from './session-state';

type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A refusal of the contract, or of a function of the app's own, whose codes are its own business.
 */
export function isRefusal(value: unknown): value is Refusal {
  if (!isRecord(value) || value['ok'] !== false) return false;
  const { code, message, retryable, detail } = value;
  return (
    typeof code === 'string' &&
    typeof message === 'string' &&
    typeof retryable === 'boolean' &&
    (detail === undefined || isDetail(detail))
  );
}

function isDetail(value: unknown): value is RefusalDetail {
  if (!isRecord(value)) return false;
  const { field, endedAt, retryAt, device } = value;
  return (
    (field === undefined || typeof field === 'string') &&
    [endedAt, retryAt].every((time) => time === undefined || Number.isFinite(time)) &&
    (device === undefined || isDevice(device))
  );
}

function isDevice(value: unknown): value is Device {
  return (
    isRecord(value) && typeof value['name'] === 'string' && typeof value['platform'] === 'string'
  );
}

export function isSessionInfo(value: unknown): value is SessionInfo {
  if (!isRecord(value)) return false;
  const { id, device, current } = value;
  const times = ['createdAt', 'renewedAt', 'expiresAt', 'absoluteExpiresAt'];
  return (
    isText(id) &&
    isDevice(device) &&
    typeof current === 'boolean' &&
    times.every((name) => Number.isFinite(value[name]))
  );
}

export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '';

/** Whether a reply that says `ok` has the fields that the session's own functions answer with. */
export function isComplete(name: string, data: Fields, reply: Fields): boolean {
  switch (name) {
    case 'login':
    case 'login-phone':
    case 'login-password':
      return isText(reply['sessionToken']) && isSessionInfo(reply['session']);
    case 'logout':
      return Number.isFinite(reply['ended']);
    case 'session':
      if (data['action'] === 'check') return isSessionInfo(reply['session']);
      if (data['action'] === 'revoke') return Number.isFinite(reply['ended']);
      return Array.isArray(reply['sessions']) && reply['sessions'].every(isSessionInfo);
    case 'identity':
      if (data['action'] === 'list') return isListOfRecords(reply['identities']);
      if (data['action'] === 'history') return isListOfRecords(reply['signIns']);
      return data['action'] !== 'unlink' || Number.isFinite(reply['ended']);
    default:
      return true;
  }
}

const isListOfRecords = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => isRecord(one));

/** Whether the code says for certain that the session is over. */
const codes: { readonly [Code in SessionErrorCode]: Code extends EndCode ? true : false } = {
  NO_IDENTITY: false,
  INVALID_INPUT: false,
  SESSION_MISSING: true,
  SESSION_EXPIRED: true,
  SESSION_REPLACED: true,
  SESSION_REVOKED: true,
  SESSION_NOT_FRESH: false,
  IDENTITY_TAKEN: false,
  IDENTITY_UNKNOWN: false,
  LAST_IDENTITY: false,
  NOT_OFFERED: false,
  ACCOUNT_BLOCKED: false,
  TOO_MANY_ATTEMPTS: false,
  UNAVAILABLE: false,
  INTERNAL: false,
};

export function isErrorCode(value: unknown): value is SessionErrorCode {
  return Object.keys(codes).some((code) => code === value);
}

export function isEndCode(value: unknown): value is EndCode {
  return isErrorCode(value) && codes[value];
}

/** Whether it is about a way in, and not about the session of whoever asks for it. */
export function isAboutWayIn(code: SessionErrorCode): boolean {
  return /^(IDENTITY|LAST|NOT|ACCOUNT)_/.test(code);
}

/** A refusal that the client makes itself. */
export function refusal(code: SessionErrorCode): Refusal {
  const retryable = code === 'UNAVAILABLE' || code === 'TOO_MANY_ATTEMPTS';
  return { ok: false, code, message: '', retryable };
}
