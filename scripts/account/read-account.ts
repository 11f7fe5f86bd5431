/** What the database holds about one account. */
import {
  decodeSession,
  everyId,
  founderOf,
  isLive,
  ownAccount,
  personKey,
  signInsIn,
  type AccountId,
  type IdentityKind,
  type Session,
  type SessionPolicy,
  type SignIn,
} from '#functions/operators';
import { isRecord } from '../lib/is-record';
import type { OperatorDatabase } from './database';
import { findIdentities, founderIds } from './whose';

export interface AccountState {
  account: AccountId;
  /** Whether anything is kept that only a sign-in leaves. */
  isKnown: boolean;
  blocked: Block | undefined;
  /** The oldest first. */
  waysIn: readonly WayIn[];
  /** Those that are live. */
  sessions: readonly Session[];
  /** The latest first. */
  signIns: readonly SignIn[];
}

/** Both are absent in a document that somebody has edited. */
export interface Block {
  blockedAt?: Date;
  reason?: string;
}

interface WayIn {
  kind: IdentityKind;
  label: string;
  /** Absent for who founded the account and has no document. */
  linkedAt?: Date;
}

/** Five requests, and six for an account with a founder. Writes nothing. */
export async function readAccount(
  db: OperatorDatabase,
  account: AccountId,
  policy: SessionPolicy,
  now: Date,
): Promise<AccountState> {
  const [linked, blocked, documents, [record]] = await Promise.all([
    findIdentities(db, { account }),
    readBlock(db, account),
    db.find('sessions', { _id: everyId(account) }),
    db.find('sign_ins', { _id: personKey(account) }),
  ]);
  const everySession = documents.flatMap((document) => decodeSession(document) ?? []);
  const signIns = signInsIn(isRecord(record) ? record['last'] : undefined).reverse();
  const founder = await readFounder(db, account, [...everySession.map(wayOf), ...signIns]);
  return {
    account,
    isKnown: linked.length + everySession.length + signIns.length > 0,
    blocked,
    waysIn: [
      ...founder,
      ...linked.map(({ kind, label, createdAt }) => ({ kind, label, linkedAt: createdAt })),
    ],
    sessions: everySession.filter((session) => isLive(session, policy, now)),
    signIns,
  };

  /** The founder's own session names no way in. */
  function wayOf(session: Session): { kind: IdentityKind } {
    return { kind: ownAccount(session) === account ? (session.signedInBy ?? 'wechat') : 'wechat' };
  }
}

/** Who founded the account, if that has no document: then it leads here too. */
async function readFounder(
  db: OperatorDatabase,
  account: AccountId,
  seen: readonly { kind: IdentityKind }[],
): Promise<WayIn[]> {
  const founder = founderOf(account);
  if (founder === undefined) return [];
  if ((await db.find('identities', { _id: founderIds(founder) })).length > 0) return [];
  return [{ kind: seen.some(({ kind }) => kind === 'qq') ? 'qq' : 'wechat', label: '' }];
}

export async function readBlock(
  db: OperatorDatabase,
  account: AccountId,
): Promise<Block | undefined> {
  const [document] = await db.find('blocked_accounts', { _id: personKey(account) });
  if (document === undefined) return undefined;
  const { blockedAt, reason } = isRecord(document) ? document : {};
  return {
    ...(blockedAt instanceof Date && { blockedAt }),
    ...(typeof reason === 'string' && reason !== '' && { reason }),
  };
}
