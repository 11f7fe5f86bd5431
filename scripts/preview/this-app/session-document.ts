import { fieldsOrNone, stringOrEmpty, timeOfDate } from '../app/decode';

/** A document of the collection `sessions`, as the database holds it. */
export interface SessionDocument {
  id: string;
  openid: string;
  device: string;
  /** Of a web session: the name of the site; empty: a phone's. */
  site: string;
  state: 'active' | 'revoked';
  tokenHash: string;
  /** Whose it is; empty: of the person who may use it. */
  account: string;
  /** The kind of the way in, and its document's id; empty: WeChat itself. */
  signedInBy: string;
  identity: string;
  times: SessionTimes;
}

export type SessionTimes = Partial<
  Record<'createdAt' | 'renewedAt' | 'expiresAt' | 'absoluteExpiresAt' | 'revokedAt', number>
>;

const TIMES = ['createdAt', 'renewedAt', 'expiresAt', 'absoluteExpiresAt', 'revokedAt'] as const;

/** @param text one document as an EJSON string, as the admin protocol sends it */
export function readSessionDocument(text: string): SessionDocument {
  const parsed: unknown = JSON.parse(text);
  const document = fieldsOrNone(parsed);
  const device = fieldsOrNone(document['device']);
  const times: SessionTimes = {};
  for (const name of TIMES) {
    const at = timeOfDate(document[name]);
    if (at !== undefined) times[name] = at;
  }
  return {
    id: stringOrEmpty(document['_id']),
    openid: stringOrEmpty(document['openid']),
    device: stringOrEmpty(device['name']),
    site: stringOrEmpty(fieldsOrNone(document['client'])['name']),
    state: document['state'] === 'revoked' ? 'revoked' : 'active',
    tokenHash: stringOrEmpty(document['tokenHash']),
    account: stringOrEmpty(document['account']),
    signedInBy: stringOrEmpty(document['signedInBy']),
    identity: stringOrEmpty(document['identity']),
    times,
  };
}

/** No document says `expired`: that is what a check would find at `now`. */
export function stateAt(session: SessionDocument, now: number): 'active' | 'revoked' | 'expired' {
  if (session.state === 'revoked') return 'revoked';
  const { expiresAt = Infinity, absoluteExpiresAt = Infinity } = session.times;
  return Math.min(expiresAt, absoluteExpiresAt) <= now ? 'expired' : 'active';
}
