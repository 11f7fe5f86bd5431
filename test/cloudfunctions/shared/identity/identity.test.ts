import { describe, expect, test } from '@jest/globals';
import {
  founderOf,
  newAccount,
  ownAccount,
} from '../../../../cloudfunctions/shared/identity/account';
import {
  afterDeletion,
  identityId,
  isAtHome,
  ownIdentityId,
  phoneIdentityId,
  rewritten,
  withoutAccount,
  type StoredIdentity,
} from '../../../../cloudfunctions/shared/identity/identity';
import { linkedIdentity, passwordIdentity } from '../../../support/identities';
import { LIN, LIN_ACCOUNT, ZHOU_ACCOUNT } from '../../../support/people';
import { AT } from '../../../support/sessions';

describe('the id of an identity', () => {
  // printf 'password:lin' | openssl dgst -sha256 -binary | base64
  test('is what openssl computes', () => {
    expect(identityId('password', 'lin')).toBe('o0gqx_Y_uyI-AwRNq6b1eTuYK7M6oZcn5lSvlCjTH6w');
    expect(ownIdentityId(LIN)).toBe('s1M2AUkAZXK86T8UZpfsvMlTMeWEXk_zuM0HpCsJfIM');
    expect(ownIdentityId(LIN, 'qq')).toBe('f3XcufCJrE1IffBPbpRkdIclhUdH03HkD1cSB7Vm74A');
    // … | openssl dgst -sha256 -hmac kkkk…
    expect(phoneIdentityId('+8613800005678', 'k'.repeat(40))).toBe(
      'JGxyHWIrYTKPjt8TNboQC7LNMVs72NJTUxgdLpRrDHg',
    );
  });

  test('of a phone number is another one with another key', () => {
    const ids = ['k', 'l'].map((letter) => phoneIdentityId('+8613800005678', letter.repeat(40)));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('an account', () => {
  test('that a WeChat founded says who it was, and a new one says nobody', () => {
    expect(founderOf(ownAccount(LIN))).toEqual(LIN);
    expect(founderOf(newAccount())).toBeUndefined();
    expect(newAccount()).not.toBe(newAccount());
  });
});

const qqOfLin = linkedIdentity({ id: ownIdentityId(LIN, 'qq'), kind: 'qq' });
const elsewhere = linkedIdentity({ account: ZHOU_ACCOUNT });
const home = newAccount();
const withHome = linkedIdentity({ account: home, home });
const awayFromHome = linkedIdentity({ account: ZHOU_ACCOUNT, home });
const backInTheFirst = linkedIdentity({ account: LIN_ACCOUNT, home });
const phone = linkedIdentity({
  id: phoneIdentityId('+8613800005678', 'k'.repeat(40)),
  kind: 'phone',
});
const NOW = new Date(AT + 5);

/** What stays, without the revision: `removed`, or where it leads and what its home is. */
function outcomeOf(identity: StoredIdentity, change: ReturnType<typeof afterDeletion>) {
  if (change === undefined) return 'stays';
  expect([change.id, change.seen]).toEqual([identity.id, identity.revision]);
  if (change.next === undefined) return 'removed';
  expect(change.next).toMatchObject({ id: identity.id, kind: identity.kind, createdAt: NOW });
  expect(change.next.account).toBe(change.next.home);
  if (change.next.account === identity.home) return 'goes home';
  expect(founderOf(change.next.account)).toBeUndefined();
  return 'gets another account';
}

describe('a way in', () => {
  test.each([
    [
      'a WeChat in the account that it founded',
      linkedIdentity(),
      true,
      'gets another account',
      'removed',
    ],
    ['a QQ in the account that it founded', qqOfLin, true, 'gets another account', 'removed'],
    ['a WeChat in somebody else’s', elsewhere, false, 'removed', 'removed'],
    ['a WeChat in its second account', withHome, true, 'gets another account', 'stays'],
    ['a WeChat away from its second account', awayFromHome, false, 'goes home', 'goes home'],
    ['a WeChat that is back in what it founded', backInTheFirst, false, 'goes home', 'goes home'],
    ['a phone number', phone, false, 'removed', 'removed'],
    ['a password', passwordIdentity(), false, 'removed', 'removed'],
  ])(
    'that is %s: whether it is at home, and what it becomes',
    (_, identity, atHome, unlinked, deleted) => {
      expect(isAtHome(identity)).toBe(atHome);
      expect(outcomeOf(identity, withoutAccount(identity, NOW))).toBe(unlinked);
      expect(outcomeOf(identity, afterDeletion(identity, NOW))).toBe(deleted);
    },
  );

  test('that is rewritten changes in nothing but who relied on it', () => {
    const before = passwordIdentity();
    const { id, seen, next } = rewritten(before, 'another-session');
    expect([id, seen]).toEqual([before.id, before.revision]);
    expect(next).toEqual({ ...before, linkedIn: 'another-session' });
  });
});
