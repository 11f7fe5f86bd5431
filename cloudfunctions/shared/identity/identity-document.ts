/** Documents of the collection `identities`, which somebody may have edited in the console. */
import type { AccountId } from './account';
import type { IdentityId, IdentityKind, StoredIdentity } from './identity';
import { isRecord } from './is-record';

const KINDS: readonly unknown[] = ['wechat', 'qq', 'phone', 'password'] satisfies IdentityKind[];

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTime = (value: unknown): value is Date =>
  value instanceof Date && !Number.isNaN(value.getTime());

/**
 * @throws TypeError for a document that is no identity. It must not count as absent: what it leads
 * into could then be taken by somebody else.
 */
export function decodeIdentity(value: unknown): StoredIdentity {
  if (!isRecord(value)) throw new TypeError('an identity is no document');
  const {
    _id: id,
    kind,
    account,
    home,
    label,
    createdAt,
    passwordHash,
    linkedIn,
    revision,
  } = value;
  const isWhole =
    isText(id) && KINDS.includes(kind) && isText(account) && isText(revision) && isTime(createdAt);
  if (!isWhole) throw new TypeError(`the identity ${String(id)} lacks what it needs`);
  return {
    id: id as IdentityId,
    kind: kind as IdentityKind,
    account: account as AccountId,
    ...(isText(home) && { home: home as AccountId }),
    label: isText(label) ? label : '',
    createdAt,
    linkedIn: isText(linkedIn) ? linkedIn : '',
    ...(isText(passwordHash) && { passwordHash }),
    revision,
  };
}
