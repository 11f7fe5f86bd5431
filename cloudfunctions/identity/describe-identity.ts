import type { StoredIdentity } from '../shared/identity/identity';
import type { Identity } from '../shared/session/identity-contract';
import type { Session } from '../shared/session/session';
import { cameInBy } from '../shared/session/way-in';

/** What the owner may see of it. */
export function describeIdentity(
  { id, kind, label, createdAt }: Pick<StoredIdentity, 'id' | 'kind' | 'label' | 'createdAt'>,
  current: Session,
): Identity {
  return { id, kind, label, createdAt: createdAt.getTime(), current: cameInBy(current) === id };
}
