/** Deletes a person's account (注销): everything that is kept about them. */
import type { AccountReply } from '../shared/session/contract';
import type { Call } from '../shared/session/function-entry';
import { everyId, openSession } from '../shared/session/open-session';
import { refuse } from '../shared/session/refusal';
import { decodeProtected } from '../shared/session/request';
import type { Owner } from '../shared/session/session';

/** Something that is kept about people. An app of your own adds what it keeps to the list in `index.ts`. */
export interface PersonalData {
  /** Removes all of it. Nothing to remove is no error: the deletion may be repeated. */
  removeAll(owner: Owner): Promise<void>;
}

/**
 * The order is what makes it safe to repeat. First the other devices are signed out, so that none of them saves anything
 * new; then the data goes; the session that asks goes last, so that whoever was cut short can ask again. A save that
 * another device had begun before it was signed out may still arrive after; only the database's own locks could stop it.
 *
 * Every slot there can ever be is emptied, also those beyond a limit that was lowered since.
 */
export async function accountAction(
  call: Call,
  everythingKept: readonly PersonalData[],
): Promise<AccountReply> {
  const request = decodeProtected(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  if (request.value.data['action'] !== 'delete')
    return refuse('INVALID_INPUT', { field: 'action' });
  call.doing('delete');
  const opened = await openSession(call, request.value.sessionToken);
  if (!opened.ok) return opened;

  const { store, caller, now } = call;
  const { tokenHash, device } = opened.session;
  const ids = everyId(caller);
  await store.revokeAll({ ids, tokenHash, scope: 'others' }, { revokedAt: now, revokedBy: device });
  for (const kept of everythingKept) await kept.removeAll(caller);
  await store.removeAll(ids);
  return { ok: true, deleted: true };
}
