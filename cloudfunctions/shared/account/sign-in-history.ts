/**
 * The last sign-ins to each account, refused ones too, in the collection `sign_ins` (ADMINONLY), one
 * document an account: its length is bounded in the document itself.
 */
import type { database } from 'wx-server-sdk';
import { insertUnlessThere, removeWhere, updateWhere } from '../database/conditional-writes';
import { personKey, type AccountId } from '../identity/account';
import type { IdentityKind } from '../identity/identity';
import { isRecord } from '../identity/is-record';

export interface SignIn {
  at: Date;
  kind: IdentityKind;
  device: { name: string; platform: string };
  /** The code with which it was refused; absent: it was not. */
  refused?: string;
}

export interface SignInHistory {
  /** The latest first. One database operation. */
  read(account: AccountId): Promise<readonly SignIn[]>;
  /** One database operation, two for the first of an account. */
  add(account: AccountId, signIn: SignIn): Promise<void>;
  /**
   * Adds a refused one to the record of an account that has one. One operation whether it has or
   * not, so that the time that it takes tells nothing.
   *
   * @param account `undefined`: there is no such account
   */
  addRefused(account: AccountId | undefined, signIn: SignIn): Promise<void>;
  /** What was recorded until now. One database operation. */
  remove(account: AccountId): Promise<void>;
}

/** As long as a session may last, and as long again: then it is swept. In milliseconds. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
const NOBODY = 'nobody';

/** @param length how many are kept of one account */
export function cloudSignInHistory(db: ReturnType<typeof database>, length: number): SignInHistory {
  const signIns = db.collection('sign_ins');
  const _ = db.command;

  async function push(_id: string, signIn: SignIn): Promise<boolean> {
    const change = {
      last: _.push({ each: [signIn], slice: -length }),
      expiresAt: expiryOf(signIn),
    };
    return (await updateWhere(signIns, { _id }, change)) === 1;
  }

  return {
    async read(account) {
      const reply: unknown = await signIns.where({ _id: personKey(account) }).get();
      const [document] = (reply as { data: Record<string, unknown>[] }).data;
      return signInsIn(document?.['last']).slice(-length).reverse();
    },
    async add(account, signIn) {
      const _id = personKey(account);
      if (await push(_id, signIn)) return;
      const first = { _id, last: [signIn], expiresAt: expiryOf(signIn) };
      if (!(await insertUnlessThere(signIns, first))) await push(_id, signIn);
    },
    async addRefused(account, signIn) {
      await push(account === undefined ? NOBODY : personKey(account), signIn);
    },
    async remove(account) {
      await removeWhere(signIns, { _id: personKey(account) });
    },
  };
}

const expiryOf = ({ at }: SignIn): Date => new Date(at.getTime() + KEPT_MS);

/** A document that was edited in the console may hold anything. */
export function signInsIn(value: unknown): SignIn[] {
  const kept: readonly unknown[] = Array.isArray(value) ? value : [];
  return kept.filter((one): one is SignIn => {
    if (!isRecord(one) || !isRecord(one['device'])) return false;
    const { at, kind, device, refused } = one;
    return (
      at instanceof Date &&
      typeof kind === 'string' &&
      typeof device['name'] === 'string' &&
      typeof device['platform'] === 'string' &&
      (refused === undefined || typeof refused === 'string')
    );
  });
}
