/** Requests of web pages in the collection `device_grants` (ADMINONLY), one document each. */
import type { database } from 'wx-server-sdk';
import { insertUnlessThere, updateWhere } from '../database/conditional-writes';
import { decodeSession } from '../session/session-document';
import { orStoreUnavailable } from '../session/session-store';
import type { ActiveSession } from '../session/session';
import { GRANT_LIFETIME_MS, type DeviceGrantId } from './device-grant';
import { decodeDeviceGrant } from './device-grant-document';
import type { DeviceGrantStore } from './device-grant-store';

const COLLECTION = 'device_grants';

/** The request can't be redeemed any more: ends the transaction. */
class UsedError extends Error {
  override readonly name = 'UsedError';
}

const dataOf = (reply: unknown): unknown => (reply as { data?: unknown }).data;

/** @param db must be created with `throwOnNotFound: false` */
export function cloudDeviceGrantStore(db: ReturnType<typeof database>): DeviceGrantStore {
  const grants = db.collection(COLLECTION);
  const _ = db.command;
  const orUnavailable = <T>(operation: string, run: () => T): Promise<Awaited<T>> =>
    orStoreUnavailable(operation, run);

  async function decide(id: DeviceGrantId, now: Date, data: object): Promise<boolean> {
    const isOpen = { _id: id, state: 'pending', expiresAt: _.gt(now) };
    return (await orUnavailable('decide', () => updateWhere(grants, isOpen, data))) === 1;
  }

  return {
    add: ({ id, ...data }) =>
      orUnavailable('insert', () => insertUnlessThere(grants, { _id: id, ...data })),
    async find(id) {
      return decodeDeviceGrant(dataOf(await orUnavailable('find', () => grants.doc(id).get())));
    },
    approve(id, { approvedBy }, now) {
      const expiresAt = new Date(now.getTime() + GRANT_LIFETIME_MS);
      return decide(id, now, { approvedBy, state: 'approved', expiresAt });
    },
    deny: (id, now) => decide(id, now, { state: 'denied' }),
    async redeem({ id, slots, issue }, within) {
      let issued: ActiveSession | undefined;
      try {
        const isDone = await within(async (transaction) => {
          const grant = transaction.collection(COLLECTION).doc(id);
          if (decodeDeviceGrant(dataOf(await grant.get()))?.state !== 'approved') {
            throw new UsedError();
          }
          const sessions = transaction.collection('sessions');
          const found = [];
          for (const slot of slots) {
            const session = decodeSession(dataOf(await sessions.doc(slot).get()));
            if (session !== undefined) found.push(session);
          }
          issued = issue(found);
          const { id: sessionId, ...data } = issued;
          await sessions.doc(sessionId).set({ data });
          await grant.update({ data: { state: 'redeemed' } });
        });
        return isDone && issued !== undefined ? issued : 'ended';
      } catch (error) {
        if (error instanceof UsedError) return 'used';
        throw error;
      }
    },
  };
}
