/** What an operator may do to an account. Everything can be repeated. */
import { everyId, personKey, type AccountId } from '#functions/operators';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import type { OperatorDatabase } from './database';
import { readBlock, type Block } from './read-account';

const activeOf = (account: AccountId) => ({ _id: everyId(account), state: 'active' });

/** Ends every session, in whatever slot, as the person does who ends one from another phone. */
export function signOut(db: OperatorDatabase, account: AccountId, now: Date): Promise<number> {
  const revocation = { revokedAt: now, revokedBy: { name: '', platform: '' } };
  return db.update('sessions', activeOf(account), { state: 'revoked', ...revocation });
}

export interface Blocking {
  block: Block;
  wasBlocked: boolean;
  /** Sessions. */
  ended: number;
}

/**
 * The order is what makes it complete: a sign-in looks for the block once its session is in its
 * place, so whatever is not ended here ends itself.
 *
 * @param reason takes the place of an earlier one
 */
export async function block(
  db: OperatorDatabase,
  account: AccountId,
  reason: string | undefined,
  now: Date,
): Promise<Blocking> {
  const _id = personKey(account);
  const given = reason === undefined ? {} : { reason };
  const wasBlocked = !(await db.insert('blocked_accounts', {
    ...{ _id, account, blockedAt: now },
    ...given,
  }));
  if (wasBlocked && reason !== undefined) await db.update('blocked_accounts', { _id }, given);
  try {
    const ended = await db.remove('sessions', activeOf(account));
    const kept = wasBlocked ? await readBlock(db, account) : undefined;
    return { block: kept ?? { blockedAt: now, ...given }, wasBlocked, ended };
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    throw new CommandError(
      text({
        zh: `${cause.message}\n账号已停用，但它的会话可能还没有结束：请再运行一次。`,
        en: `${cause.message}\nThe account is blocked, but its sessions may still be open: run it again.`,
      }),
      { cause },
    );
  }
}

/** Resolves to whether it was blocked. */
export async function unblock(db: OperatorDatabase, account: AccountId): Promise<boolean> {
  return (await db.remove('blocked_accounts', { _id: personKey(account) })) > 0;
}
