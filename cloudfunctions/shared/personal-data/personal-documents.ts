/**
 * What an app keeps about people: a collection (ADMINONLY) with one document a person.
 *
 * It keeps two promises. A save changes what was sent and nothing else, so that two devices that
 * save at once both keep what they saved. And what was deleted with an account stays deleted: a
 * save only ever updates an existing document; a document is created, or taken over from another
 * session that has just created it, in a transaction with the session that does so. Each field says
 * which session saved it (`sources`), so that a deletion removes what is older and leaves what was
 * saved after signing in again.
 */
import type { database } from 'wx-server-sdk';
import { removeWhere, updateWhere } from '../database/conditional-writes';
import { personKey, type AccountId } from '../identity/account';
import type { Refusal } from '../session/contract';
import { StoreUnavailableError } from '../session/session-store';
import type { ProtectedCall } from '../session/with-session';
import type { IsSignedIn } from './personal-data';

export type SavingCall = Pick<
  ProtectedCall,
  'account' | 'caller' | 'now' | 'session' | 'whileSignedIn'
>;

export interface Save {
  /** The fields to change. */
  change: Readonly<Record<string, unknown>>;
  /** The fields of a new document, besides those of `change`. */
  initial?: Readonly<Record<string, unknown>>;
  /** Fields that must still have these values. A new document has those of `initial`. */
  seen?: Readonly<Record<string, unknown>>;
}

export interface PersonalDocuments {
  read(account: AccountId): Promise<Readonly<Record<string, unknown>> | undefined>;
  /**
   * `changed`: `seen` no longer holds, and nothing was saved. One database operation if the
   * document exists.
   */
  save(
    call: SavingCall,
    save: Save,
  ): Promise<{ ok: true } | { ok: false; code: 'changed' } | Refusal>;
  /** Changes fields of the document, if it exists and `seen` holds. Resolves to whether it did. */
  update(
    account: AccountId,
    change: Readonly<Record<string, unknown>>,
    seen?: object,
  ): Promise<boolean>;
  /**
   * Removes every field that was not saved by somebody who is signed in: the whole document, if
   * that is all of it.
   */
  remove(account: AccountId, isSignedIn: IsSignedIn, leaves?: Leaves): Promise<void>;
}

/**
 * The changes to a document of which something stays; `undefined`: remove it.
 *
 * @param kept the fields that were saved by somebody who is signed in
 */
export type Leaves = (
  document: Readonly<Record<string, unknown>>,
  kept: ReadonlySet<string>,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

/**
 * How often a removal starts again because somebody saved meanwhile. Everybody who could was signed
 * out before.
 */
const REMOVAL_TRIES = 5;

/**
 * A document that was created or taken over this long ago, in milliseconds, is older than any
 * running call: longer than calls last and clocks differ.
 */
const SETTLED_MS = 5 * 60 * 1000;

export function personalDocuments(
  db: ReturnType<typeof database>,
  collection: string,
): PersonalDocuments {
  const documents = db.collection(collection);
  const _ = db.command;

  async function update(where: object, change: object): Promise<boolean> {
    // Every change is counted, so that a removal that has read the document removes exactly what it
    // read.
    return (await updateWhere(documents, where, { ...change, changes: _.inc(1) })) === 1;
  }

  async function read(account: AccountId): Promise<Readonly<Record<string, unknown>> | undefined> {
    const reply: unknown = await documents.where({ _id: personKey(account) }).get();
    return (reply as { data: Record<string, unknown>[] }).data[0];
  }

  /** By default the fields that are kept stay. */
  const withoutOthers: Leaves = (document, kept) => {
    if (kept.size === 0) return Promise.resolve(undefined);
    const others = Object.keys(sourcesOf(document)).filter((name) => !kept.has(name));
    return Promise.resolve(Object.fromEntries(others.map((name) => [name, _.remove()])));
  };

  return {
    read,
    update: (account, change, seen = {}) => update({ _id: personKey(account), ...seen }, change),
    async save(
      { account, caller, now, session, whileSignedIn },
      { change, initial = {}, seen = {} },
    ) {
      const { openid, appid } = caller;
      const _id = personKey(account);
      const sources = Object.fromEntries(Object.keys(change).map((name) => [name, session.id]));
      const saved = { openid, appid, ...change, savedAt: now, sources };
      // A newer document may belong to a sign-in after a deletion that this call knows nothing of.
      // If this very session created it, there was no deletion between.
      const settled = new Date(now.getTime() - SETTLED_MS);
      const known = _.or([
        { _id, ...seen, createdIn: session.id },
        { _id, ...seen, createdAt: _.not(_.gt(settled)) },
      ]);
      if (await update(known, saved)) return { ok: true };

      // Assigned within the transaction, which the compiler does not see.
      let isAsSeen = true as boolean;
      const outcome = await whileSignedIn(async (transaction) => {
        const document = transaction.collection(collection).doc(_id);
        const { data: found } = (await document.get()) as { data?: Record<string, unknown> | null };
        const created = { createdAt: now, createdIn: session.id };
        const there = found ?? initial;
        isAsSeen = Object.entries(seen).every(([name, value]) => there[name] === value);
        if (!isAsSeen) return;
        // From here on it belongs to this session: another session's running save no longer counts
        // as known.
        if (found) await document.update({ data: { ...saved, ...created, changes: _.inc(1) } });
        else await document.set({ data: { ...there, ...saved, ...created, changes: anyNumber() } });
      });
      return outcome.ok && !isAsSeen ? { ok: false, code: 'changed' } : outcome;
    },
    async remove(account, isSignedIn, leaves = withoutOthers) {
      for (let tries = 1; tries <= REMOVAL_TRIES; tries++) {
        const document = await read(account);
        if (document === undefined) return;
        const { changes } = document;
        const sources = sourcesOf(document);
        const kept = await fieldsSavedBySignedIn(sources, isSignedIn);
        if (kept.size > 0 && kept.size === Object.keys(sources).length) return;
        // Only what was read: somebody may have saved since.
        const seen = { changes: changes ?? _.exists(false) };
        const rest = await leaves(document, kept);
        const where = { _id: personKey(account), ...seen };
        const isDone =
          rest === undefined
            ? (await removeWhere(documents, where)) === 1
            : await update(where, rest);
        if (isDone) return;
      }
      throw new StoreUnavailableError('remove', new Error('the document keeps changing'));
    },
  };
}

/** Where the count of changes starts: a new document is not mistaken for a removed one. */
const anyNumber = (): number => Math.floor(Math.random() * 2 ** 40);

/**
 * By field, the public id of the session that saved it last. Documents of an earlier release lack
 * it.
 */
type Sources = Readonly<Record<string, string>>;

const sourcesOf = ({ sources = {} }: Readonly<Record<string, unknown>>): Sources =>
  sources as Sources;

/** The fields that were saved last by somebody who is signed in. */
async function fieldsSavedBySignedIn(
  sources: Sources,
  isSignedIn: IsSignedIn,
): Promise<Set<string>> {
  const signedIn = new Set<string>();
  for (const id of new Set(Object.values(sources))) if (await isSignedIn(id)) signedIn.add(id);
  return new Set(Object.keys(sources).filter((name) => signedIn.has(sources[name] ?? '')));
}
