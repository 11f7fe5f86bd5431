/**
 * Writes that take place only while a session is good, whatever else is running. Everything that is
 * created for a person goes through here, so that nothing is left behind when an account is deleted
 * meanwhile.
 */
import type { database } from 'wx-server-sdk';
import type { CloudTransaction } from '../database/transaction';
import { hasExpired, type ActiveSession } from './session';
import { decodeSession } from './session-document';
import { orStoreUnavailable, StoreUnavailableError } from './session-store';

/** Resolves to whether the session was good, and so whether the writes took place. */
export type WhileSignedIn = (
  session: ActiveSession,
  now: () => Date,
  write: (transaction: CloudTransaction) => Promise<void>,
) => Promise<boolean>;

type OpenTransaction = CloudTransaction & {
  commit: () => Promise<unknown>;
  rollback: () => Promise<unknown>;
};

/**
 * Of several writers at once, all but one meet a conflict and start again; for about a second,
 * pauses included.
 */
const TRIES = 7;
/**
 * The longest pause before the second try, in milliseconds; the shortest is half of it. Doubles
 * with each try.
 */
const FIRST_PAUSE_MS = 20;

/**
 * A conflict by its code, and by the beginning of its message. Within a transaction the SDK passes
 * on the message only, and so does not retry by itself.
 */
const CONFLICT = /TRANSACTION_CONFLICT|TransactionConflict/;

/** @param db must be created with `throwOnNotFound: false` */
export function cloudWhileSignedIn(db: ReturnType<typeof database>): WhileSignedIn {
  const _ = db.command;

  async function tryOnce(
    transaction: OpenTransaction,
    session: ActiveSession,
    now: () => Date,
    write: (transaction: CloudTransaction) => Promise<void>,
  ): Promise<boolean> {
    const document = transaction.collection('sessions').doc(session.id);
    const found = decodeSession(((await document.get()) as { data?: unknown }).data);
    const isGood =
      found?.state === 'active' &&
      found.tokenHash === session.tokenHash &&
      !hasExpired(found, now());
    if (!isGood) return false;
    // A transaction reads what was there when it began. Only a write conflicts with whoever ends
    // the session meanwhile.
    await document.update({ data: { writes: _.inc(1) } });
    await write(transaction);
    // The SDK passes on the raw error, without the `errCode` that marks an outage.
    await orStoreUnavailable('commit a transaction', () => transaction.commit());
    return true;
  }

  return async (session, now, write) => {
    for (let tries = 1; ; tries++) {
      const transaction = await orStoreUnavailable(
        'begin a transaction',
        () => db.startTransaction() as Promise<OpenTransaction>,
      );
      try {
        const done = await tryOnce(transaction, session, now, write);
        if (!done) await giveUp(transaction);
        return done;
      } catch (error) {
        await giveUp(transaction);
        if (!CONFLICT.test(errorText(error))) throw error;
        if (tries === TRIES) throw new StoreUnavailableError('write without a conflict', error);
        await pause((0.5 + Math.random() / 2) * FIRST_PAUSE_MS * 2 ** (tries - 1));
      }
    }
  };
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** A transaction that can't be rolled back times out in the cloud. */
async function giveUp(transaction: OpenTransaction): Promise<void> {
  try {
    await transaction.rollback();
  } catch {
    // It is over already.
  }
}

function errorText(error: unknown): string {
  if (error instanceof StoreUnavailableError) return errorText(error.cause);
  const { code = '', errMsg = '', message = '' } = (error ?? {}) as Record<string, unknown>;
  return [code, errMsg, message].map(String).join(' ');
}
