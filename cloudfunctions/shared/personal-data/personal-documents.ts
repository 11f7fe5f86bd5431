/**
 * What an app keeps about people: a collection (ADMINONLY) with one document a person.
 *
 * Two promises are kept here. A save changes what was sent and nothing else, so that two devices that save at once both have what they
 * saved. And what was deleted with an account stays deleted: a save only ever updates a document that is there; one is made, or taken
 * over from another session that has just made it, in a transaction with the session that does so. Each field says which session
 * saved it (`sources`), so that a deletion takes what is of before and leaves what somebody saved who signed in since.
 */
import type { database } from 'wx-server-sdk';
import { personKey, type Owner } from '../identity/person-key';
import type { Refusal } from '../session/contract';
import { StoreUnavailableError } from '../session/session-store';
import type { ProtectedCall } from '../session/with-session';
import type { IsSignedIn } from './personal-data';

export type SavingCall = Pick<ProtectedCall, 'caller' | 'now' | 'session' | 'whileSignedIn'>;

export interface Save {
  /** The fields to change. */
  change: Readonly<Record<string, unknown>>;
  /** The fields of a document that is made, beside those of `change`. */
  initial?: Readonly<Record<string, unknown>>;
  /** Fields that must be as they were seen. A document that is made has those of `initial`. */
  seen?: Readonly<Record<string, unknown>>;
}

export interface PersonalDocuments {
  read(owner: Owner): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** `changed`: what was seen is not so any more, and nothing was saved. One database operation when there is a document. */
  save(
    call: SavingCall,
    save: Save,
  ): Promise<{ ok: true } | { ok: false; code: 'changed' } | Refusal>;
  /** Changes fields of the document, if it is there and as it was seen. Resolves to whether it was. */
  update(owner: Owner, change: Readonly<Record<string, unknown>>, seen?: object): Promise<boolean>;
  /** Removes what nobody who is signed in saved: the document, where that is all of it. */
  remove(owner: Owner, isSignedIn: IsSignedIn, leaves?: Leaves): Promise<void>;
}

/**
 * How a document is changed that is not removed as a whole; `undefined`: it is.
 *
 * @param kept the fields that somebody saved who is signed in
 */
export type Leaves = (
  document: Readonly<Record<string, unknown>>,
  kept: ReadonlySet<string>,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** How often a removal reads anew what somebody saves meanwhile. Whoever could has been signed out before it begins. */
const REMOVAL_TRIES = 5;

/** How long ago a document was made or taken over, for it to be older than a call: longer than calls last and clocks differ, in milliseconds. */
const SETTLED_MS = 5 * 60 * 1000;

export function personalDocuments(
  db: ReturnType<typeof database>,
  collection: string,
): PersonalDocuments {
  const documents = db.collection(collection);
  const _ = db.command;

  async function update(where: object, change: object): Promise<boolean> {
    // Every change is one that shows, so that whoever removes what they have read removes nothing else.
    const data = { ...change, changes: _.inc(1) };
    const reply: unknown = await documents.where(where).update({ data });
    return (reply as { stats: { updated: number } }).stats.updated === 1;
  }

  async function remove(where: object): Promise<boolean> {
    const reply: unknown = await documents.where(where).remove();
    return (reply as { stats: { removed: number } }).stats.removed === 1;
  }

  async function read(owner: Owner): Promise<Readonly<Record<string, unknown>> | undefined> {
    const reply: unknown = await documents.where({ _id: personKey(owner) }).get();
    return (reply as { data: Record<string, unknown>[] }).data[0];
  }

  /** What is left where no more is said of it: the fields that are kept. */
  const withoutOthers: Leaves = (document, kept) => {
    if (kept.size === 0) return Promise.resolve(undefined);
    const others = Object.keys(sourcesOf(document)).filter((name) => !kept.has(name));
    return Promise.resolve(Object.fromEntries(others.map((name) => [name, _.remove()])));
  };

  return {
    read,
    update: (owner, change, seen = {}) => update({ _id: personKey(owner), ...seen }, change),
    async save({ caller, now, session, whileSignedIn }, { change, initial = {}, seen = {} }) {
      const { openid, appid } = caller;
      const _id = personKey(caller);
      const sources = Object.fromEntries(Object.keys(change).map((name) => [name, session.id]));
      const saved = { openid, appid, ...change, savedAt: now, sources };
      // One that was made after this call began may be of a sign-in after a deletion that this call knows nothing of. In the
      // same session there was none between.
      const settled = new Date(now.getTime() - SETTLED_MS);
      const known = _.or([
        { _id, ...seen, createdIn: session.id },
        { _id, ...seen, createdAt: _.not(_.gt(settled)) },
      ]);
      if (await update(known, saved)) return { ok: true };

      // Not known to the compiler to change: it does so within the transaction.
      let isAsSeen = true as boolean;
      const outcome = await whileSignedIn(async (transaction) => {
        const document = transaction.collection(collection).doc(_id);
        const { data: found } = (await document.get()) as { data?: Record<string, unknown> | null };
        const created = { createdAt: now, createdIn: session.id };
        const there = found ?? initial;
        isAsSeen = Object.entries(seen).every(([name, value]) => there[name] === value);
        if (!isAsSeen) return;
        // From here on it is of this session: what another has under way is no longer of one that is known to go on.
        if (found) await document.update({ data: { ...saved, ...created, changes: _.inc(1) } });
        else await document.set({ data: { ...there, ...saved, ...created, changes: anyNumber() } });
      });
      return outcome.ok && !isAsSeen ? { ok: false, code: 'changed' } : outcome;
    },
    async remove(owner, isSignedIn, leaves = withoutOthers) {
      for (let tries = 1; tries <= REMOVAL_TRIES; tries++) {
        const document = await read(owner);
        if (document === undefined) return;
        const { changes } = document;
        const sources = sourcesOf(document);
        const kept = await fieldsOf(sources, isSignedIn);
        if (kept.size > 0 && kept.size === Object.keys(sources).length) return;
        // Only what was read: somebody may have saved something else since.
        const seen = { changes: changes ?? _.exists(false) };
        const rest = await leaves(document, kept);
        const where = { _id: personKey(owner), ...seen };
        if (await (rest === undefined ? remove(where) : update(where, rest))) return;
      }
      throw new StoreUnavailableError('remove', new Error('it changes all the time'));
    },
  };
}

/** To count changes from: a document that is made after another was removed is not taken for that one. */
const anyNumber = (): number => Math.floor(Math.random() * 2 ** 40);

/** By field, the public id of the session that saved it last. Documents of an earlier release say nothing of it. */
type Sources = Readonly<Record<string, string>>;

const sourcesOf = ({ sources = {} }: Readonly<Record<string, unknown>>): Sources =>
  sources as Sources;

/** The fields whose last save was by somebody who is signed in. */
async function fieldsOf(sources: Sources, isSignedIn: IsSignedIn): Promise<Set<string>> {
  const signedIn = new Set<string>();
  for (const id of new Set(Object.values(sources))) if (await isSignedIn(id)) signedIn.add(id);
  return new Set(Object.keys(sources).filter((name) => signedIn.has(sources[name] ?? '')));
}
