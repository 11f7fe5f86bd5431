/** Decodes a document of `device_grants`, which somebody may have edited in the console. */
import { isRecord } from '../identity/is-record';
import { decodeDevice, decodeSite } from '../session/session-document';
import type { SessionId, TokenHash } from '../session/session-token';
import type { DeviceGrant, DeviceGrantId, DeviceSecretHash } from './device-grant';

/** Fails closed: whatever is not exactly a request counts as absent. */
export function decodeDeviceGrant(value: unknown): DeviceGrant | undefined {
  if (!isRecord(value)) return undefined;
  const { _id, secretHash, state, createdAt, expiresAt, approvedBy } = value;
  const site = decodeSite(value['site']);
  const device = decodeDevice(value['device']);
  if (typeof _id !== 'string' || typeof secretHash !== 'string') return undefined;
  if (site === undefined || device === undefined) return undefined;
  if (!isTime(createdAt) || !isTime(expiresAt)) return undefined;
  const base = {
    id: _id as DeviceGrantId,
    secretHash: secretHash as DeviceSecretHash,
    site,
    device,
    createdAt,
    expiresAt,
  };
  if (state === 'pending' || state === 'denied') return { ...base, state };
  if (state !== 'approved' && state !== 'redeemed') return undefined;
  if (!isRecord(approvedBy)) return undefined;
  const { sessionId, tokenHash } = approvedBy;
  if (typeof sessionId !== 'string' || typeof tokenHash !== 'string') return undefined;
  return {
    ...base,
    state,
    approvedBy: { sessionId: sessionId as SessionId, tokenHash: tokenHash as TokenHash },
  };
}

const isTime = (value: unknown): value is Date =>
  value instanceof Date && !Number.isNaN(value.getTime());
