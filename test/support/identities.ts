import {
  identityId,
  ownIdentityId,
  type IdentityChange,
  type StoredIdentity,
} from '#functions/testing';
import { LIN, LIN_ACCOUNT } from './people';
import { AT } from './sessions';

/** A way into Lin's account, that was linked at `AT`. */
export function linkedIdentity(changes: Partial<StoredIdentity> = {}): StoredIdentity {
  return {
    id: ownIdentityId(LIN),
    kind: 'wechat',
    account: LIN_ACCOUNT,
    label: 'iPhone 15',
    createdAt: new Date(AT),
    linkedIn: 'a-session',
    revision: 'first',
    ...changes,
  };
}

export function passwordIdentity(changes: Partial<StoredIdentity> = {}): StoredIdentity {
  const id = identityId('password', 'lin');
  return linkedIdentity({
    id,
    kind: 'password',
    label: 'l***n',
    passwordHash: '$scrypt$',
    ...changes,
  });
}

/** Writes it where nothing is. */
export function adding({ revision: _, ...next }: StoredIdentity): IdentityChange {
  return { id: next.id, seen: undefined, next };
}
