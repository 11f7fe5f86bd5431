import type { SessionErrorCode } from '#functions/contract';

const EVERY: Record<SessionErrorCode, true> = {
  NO_IDENTITY: true,
  INVALID_INPUT: true,
  SESSION_MISSING: true,
  SESSION_EXPIRED: true,
  SESSION_REPLACED: true,
  SESSION_REVOKED: true,
  SESSION_NOT_FRESH: true,
  IDENTITY_TAKEN: true,
  IDENTITY_UNKNOWN: true,
  LAST_IDENTITY: true,
  NOT_OFFERED: true,
  ACCOUNT_BLOCKED: true,
  TOO_MANY_ATTEMPTS: true,
  UNAVAILABLE: true,
  INTERNAL: true,
};

/** Every code of the contract; the compiler sees to it that none is missing. */
export const ERROR_CODES = Object.keys(EVERY) as SessionErrorCode[];
