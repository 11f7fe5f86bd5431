/** The token, and those that are still to be revoked, kept for a gateway and a site. */
import type { Place, TokenStorage } from './index';
import { isOver, request, withToken } from './request';

/** More than one is rare: a page that signs in and out again and again while it is offline. */
const MOST_REVOCATIONS = 5;

/** What the storage did not take, by key. */
const memory = new Map<string, string>();

export const keyOf = ({ gateway, site }: Place): string =>
  `sign-in ${gateway.replace(/\/+$/, '')} ${site}`;
const revocationsOf = (place: Place): string => `${keyOf(place)} revoke`;

function get(place: Place, key: string): string | undefined {
  const kept = memory.get(key);
  if (kept !== undefined) return kept;
  try {
    return storageOf(place).getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function set(place: Place, key: string, value: string | undefined): void {
  memory.delete(key);
  try {
    if (value === undefined) storageOf(place).removeItem(key);
    else storageOf(place).setItem(key, value);
  } catch {
    // Private mode, or full: an older value that is still there must not come back.
    memory.set(key, value ?? '');
  }
}

/** Reading the property throws where the browser refuses it. */
const storageOf = ({ storage }: Place): TokenStorage => storage ?? localStorage;

export const read = (place: Place): string | undefined => get(place, keyOf(place)) || undefined;

export function write(place: Place, token: string): void {
  set(place, keyOf(place), token);
}

/** Not a newer one, which another tab may have written meanwhile. */
export function forget(place: Place, token: string): void {
  if (read(place) === token) set(place, keyOf(place), undefined);
}

const toRevoke = (place: Place): string[] =>
  (get(place, revocationsOf(place)) ?? '').split(' ').filter((token) => token !== '');

function keepRevocations(place: Place, tokens: readonly string[]): void {
  set(place, revocationsOf(place), tokens.join(' ') || undefined);
}

export function revokeLater(place: Place, token: string): void {
  keepRevocations(place, [...toRevoke(place), token].slice(-MOST_REVOCATIONS));
}

/** Whether none is left. */
export async function sendRevocations(place: Place): Promise<boolean> {
  await Promise.all(
    toRevoke(place).map(async (token) => {
      const answer = await request(place, 'logout', withToken('POST', token));
      const isDone = isOver(answer) || (answer.status === 200 && 'ended' in answer.body);
      if (isDone)
        keepRevocations(
          place,
          toRevoke(place).filter((other) => other !== token),
        );
    }),
  );
  return toRevoke(place).length === 0;
}
