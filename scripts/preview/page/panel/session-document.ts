import { dateOf, fieldsOf, textOf } from './decode';

/** A document of the collection `sessions`, as the database holds it. */
export interface SessionDocument {
  id: string;
  openid: string;
  device: string;
  state: 'active' | 'revoked';
  tokenHash: string;
  times: SessionTimes;
}

export type SessionTimes = Partial<
  Record<'createdAt' | 'renewedAt' | 'expiresAt' | 'absoluteExpiresAt' | 'revokedAt', number>
>;

const TIMES = ['createdAt', 'renewedAt', 'expiresAt', 'absoluteExpiresAt', 'revokedAt'] as const;

/** @param text one document as an EJSON string, as the admin protocol sends it */
export function readSessionDocument(text: string): SessionDocument {
  const parsed: unknown = JSON.parse(text);
  const document = fieldsOf(parsed);
  const device = fieldsOf(document['device']);
  const times: SessionTimes = {};
  for (const name of TIMES) {
    const at = dateOf(document[name]);
    if (at !== undefined) times[name] = at;
  }
  return {
    id: textOf(document['_id']),
    openid: textOf(document['openid']),
    device: textOf(device['name']),
    state: document['state'] === 'revoked' ? 'revoked' : 'active',
    tokenHash: textOf(document['tokenHash']),
    times,
  };
}

/** `expired` is nobody's mark on a document: it is what a check would find at `now`. */
export function stateAt(session: SessionDocument, now: number): 'active' | 'revoked' | 'expired' {
  if (session.state === 'revoked') return 'revoked';
  const { expiresAt = Infinity, absoluteExpiresAt = Infinity } = session.times;
  return Math.min(expiresAt, absoluteExpiresAt) <= now ? 'expired' : 'active';
}
