import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  identityId,
  ownIdentityId,
  type ActiveSession,
  type IdentityChange,
  type IdentityStore,
  type SessionStore,
  type StoredIdentity,
  type WhileSignedIn,
} from '#functions/testing';
import { adding, linkedIdentity, passwordIdentity } from './identities';
import { LIN_ACCOUNT, ZHOU, ZHOU_ACCOUNT } from './people';
import { activeSession, AT } from './sessions';

interface StoreUnderTest {
  identities: IdentityStore;
  sessions: SessionStore;
  whileSignedIn: WhileSignedIn;
  close: () => Promise<void>;
}

/** What every implementation of `IdentityStore` must do. */
export function describeIdentityStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a store of identities`, () => {
    let identities: IdentityStore;
    let under: StoreUnderTest;
    let session: ActiveSession;

    beforeEach(async () => {
      under = await open();
      ({ identities } = under);
      session = activeSession();
      await under.sessions.put(session);
    });
    afterEach(() => under.close());

    const now = () => new Date(AT);
    const change = (changes: readonly IdentityChange[]) =>
      identities.change(changes, (write) => under.whileSignedIn(session, now, write));
    async function stored(identity: StoredIdentity): Promise<StoredIdentity> {
      expect(await identities.changeOne(adding(identity))).toBe(true);
      return read(identity.id);
    }
    async function read(id: StoredIdentity['id']): Promise<StoredIdentity> {
      const [found] = await identities.find([id]);
      if (found === undefined) throw new Error(`there is no ${id}`);
      return found;
    }
    const ZHOU_ID = ownIdentityId(ZHOU);
    const whole = passwordIdentity({ home: ZHOU_ACCOUNT });
    const updating = ({ revision, ...next }: StoredIdentity, label: string): IdentityChange => ({
      id: next.id,
      seen: revision,
      next: { ...next, label },
    });
    const removing = ({ id, revision }: StoredIdentity): IdentityChange => ({
      id,
      seen: revision,
      next: undefined,
    });

    describe('find', () => {
      test.each([
        ['with', whole],
        ['without', linkedIdentity({ label: '', linkedIn: '' })],
      ])('gives back an identity %s all that it may have, to the millisecond', async (_, one) => {
        const { revision } = await stored(one);
        expect(await identities.find([one.id])).toEqual([{ ...one, revision }]);
      });

      test('gives those that there are, and no others', async () => {
        const password = await stored(passwordIdentity());
        await stored(linkedIdentity({ id: ZHOU_ID, account: ZHOU_ACCOUNT }));
        const absent = identityId('password', 'nobody');
        expect(await identities.find([absent, password.id])).toEqual([password]);
        expect(await identities.find([])).toEqual([]);
      });
    });

    test('ofAccount gives all that lead into the account, the oldest first', async () => {
      const later = await stored(passwordIdentity({ createdAt: new Date(AT + 1) }));
      const first = await stored(linkedIdentity());
      await stored(linkedIdentity({ id: ZHOU_ID, account: ZHOU_ACCOUNT }));
      expect(await identities.ofAccount(LIN_ACCOUNT)).toEqual([first, later]);
    });

    describe('changeOne', () => {
      test('adds where nothing is, and changes nothing where something is', async () => {
        const first = await stored(linkedIdentity());
        expect(await identities.changeOne(adding(linkedIdentity({ label: 'other' })))).toBe(false);
        expect(await read(first.id)).toEqual(first);
      });

      test('replaces what was seen, gives it another revision, and leaves nothing of it', async () => {
        const before = await stored(whole);
        const { home: _home, passwordHash: _hash, ...rest } = before;
        expect(await identities.changeOne(updating(rest, 'next'))).toBe(true);
        const after = await read(whole.id);
        expect(after).toEqual({ ...rest, label: 'next', revision: after.revision });
        expect(after.revision).not.toBe(before.revision);
      });

      test('removes what was seen, once', async () => {
        const before = await stored(linkedIdentity());
        expect(await identities.changeOne(removing(before))).toBe(true);
        expect(await identities.changeOne(removing(before))).toBe(false);
        expect(await identities.find([before.id])).toEqual([]);
      });

      test('does nothing to what has changed since, and makes nothing of what is gone', async () => {
        const before = await stored(linkedIdentity());
        await identities.changeOne(updating(before, 'since'));
        const since = await read(before.id);
        expect(await identities.changeOne(updating(before, 'late'))).toBe(false);
        expect(await identities.changeOne(removing(before))).toBe(false);
        expect(await read(before.id)).toEqual(since);
        await identities.changeOne(removing(since));
        expect(await identities.changeOne(updating(since, 'late'))).toBe(false);
        expect(await identities.find([before.id])).toEqual([]);
      });

      test('of many at once, one succeeds', async () => {
        const tenTimes = (next: IdentityChange) =>
          Promise.all(Array.from({ length: 10 }, () => identities.changeOne(next)));
        const added = await tenTimes(adding(linkedIdentity()));
        const updated = await tenTimes(updating(await read(linkedIdentity().id), 'next'));
        for (const outcomes of [added, updated]) {
          expect(outcomes.filter(Boolean)).toHaveLength(1);
        }
      });
    });

    describe('change', () => {
      test('adds, replaces and removes at once, and resolves to what it ran within', async () => {
        const replaced = await stored(whole);
        const removed = await stored(linkedIdentity());
        const { home: _, ...rest } = replaced;
        const added = linkedIdentity({ id: ZHOU_ID });
        expect(await change([adding(added), updating(rest, 'next'), removing(removed)])).toBe(true);
        const found = await identities.find([added.id, replaced.id, removed.id]);
        expect(found).toHaveLength(2);
        const revisions = found.map(({ revision }) => revision);
        expect(new Set([replaced.revision, ...revisions]).size).toBe(3);
        expect(found.map(({ revision: _revision, ...one }) => one)).toEqual(
          expect.arrayContaining(
            [added, { ...rest, label: 'next' }].map(({ revision: _revision, ...one }) => one),
          ),
        );
      });

      test('of what is not there any more is no change, and leaves nothing', async () => {
        const { id } = linkedIdentity();
        expect(await change([{ id, seen: undefined, next: undefined }])).toBe(true);
        expect(await identities.find([id])).toEqual([]);
      });

      test.each(['first', 'last'])(
        'does nothing at all when the %s is not as seen',
        async (which) => {
          const good = await stored(linkedIdentity());
          const other = await stored(passwordIdentity());
          const stale = updating({ ...other, revision: 'earlier' }, 'late');
          const changes = [updating(good, 'next'), stale];
          expect(await change(which === 'last' ? changes : changes.reverse())).toBe('changed');
          expect(await change([removing(good), adding(passwordIdentity())])).toBe('changed');
          const gone = updating(linkedIdentity({ id: ZHOU_ID }), 'late');
          expect(await change([removing(good), gone])).toBe('changed');
          expect(await identities.ofAccount(LIN_ACCOUNT)).toEqual([good, other]);
        },
      );

      test.each([
        [
          'has been revoked',
          () =>
            under.sessions.revoke(session.id, session.tokenHash, {
              revokedAt: now(),
              revokedBy: session.device,
            }),
        ],
        ['has been replaced', () => under.sessions.put(activeSession())],
        ['is gone', () => under.sessions.remove(session.id, session.tokenHash)],
        ['has expired', () => under.sessions.put({ ...session, expiresAt: now() })],
      ])('does nothing when the session %s', async (_, end) => {
        const before = await stored(linkedIdentity());
        await end();
        expect(await change([removing(before), adding(passwordIdentity())])).toBe(false);
        expect(await identities.ofAccount(LIN_ACCOUNT)).toEqual([before]);
      });

      test('rejects with what it ran within, and has done nothing then', async () => {
        const outcome = identities.change([adding(linkedIdentity())], () =>
          Promise.reject(new Error('no session')),
        );
        await expect(outcome).rejects.toThrow('no session');
        expect(await identities.find([linkedIdentity().id])).toEqual([]);
      });

      test('of many at once that rely on the same identity, one succeeds', async () => {
        const relied = await stored(linkedIdentity());
        const outcomes = await Promise.all(
          Array.from({ length: 5 }, (_, n) => {
            const id = identityId('password', `name-${String(n)}`);
            return change([updating(relied, relied.label), adding(passwordIdentity({ id }))]);
          }),
        );
        expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(4);
        expect(await identities.ofAccount(LIN_ACCOUNT)).toHaveLength(2);
      });

      test('of two that each remove what the other relies upon, one succeeds', async () => {
        const [wechat, password] = [
          await stored(linkedIdentity()),
          await stored(passwordIdentity()),
        ];
        const outcomes = await Promise.all([
          change([removing(wechat), updating(password, '')]),
          change([removing(password), updating(wechat, '')]),
        ]);
        expect(outcomes.sort()).toEqual(['changed', true]);
        expect(await identities.ofAccount(LIN_ACCOUNT)).toHaveLength(1);
      });

      test('of one with a change outside of it, one succeeds', async () => {
        const before = await stored(linkedIdentity());
        const outcomes = await Promise.all([
          change([updating(before, 'in')]),
          identities.changeOne(updating(before, 'outside')),
        ]);
        expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
      });
    });
  });
}
