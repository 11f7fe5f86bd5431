import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  defaultPolicy,
  GRANT_LIFETIME_MS,
  hashSecret,
  issueSession,
  newDeviceGrant,
  newSecret,
  webSessionId,
  type ActiveSession,
  type DeviceGrant,
  type DeviceGrantStore,
  type Session,
  type SessionStore,
  type WhileSignedIn,
} from '#functions/testing';
import { LIN_ACCOUNT } from './people';
import { activeSession, AT } from './sessions';

interface StoreUnderTest {
  grants: DeviceGrantStore;
  sessions: SessionStore;
  whileSignedIn: WhileSignedIn;
  close: () => Promise<void>;
}

const SITE = { id: 'shop', name: '小店' };
const BROWSER = { name: 'Chrome', platform: 'windows' };

/** What every implementation of `DeviceGrantStore` must do. */
export function describeDeviceGrantStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a store of device grants`, () => {
    let grants: DeviceGrantStore;
    let under: StoreUnderTest;
    let phone: ActiveSession;
    let grant: DeviceGrant;

    beforeEach(async () => {
      under = await open();
      ({ grants } = under);
      phone = activeSession();
      await under.sessions.put(phone);
      ({ grant } = newDeviceGrant(SITE, BROWSER, new Date(AT)));
      expect(await grants.add(grant)).toBe(true);
    });
    afterEach(() => under.close());

    const now = () => new Date(AT + 1);
    /** The time of a request that is approved begins anew. */
    const anew = new Date(AT + 1 + GRANT_LIFETIME_MS);
    const approval = (session: ActiveSession = phone) => ({
      approvedBy: { sessionId: session.id, tokenHash: session.tokenHash },
    });
    const slots = [webSessionId(LIN_ACCOUNT, 0), webSessionId(LIN_ACCOUNT, 1)];
    const webSession = (slot = 0): ActiveSession => {
      const { openid, appid, device } = phone;
      const id = webSessionId(LIN_ACCOUNT, slot);
      const start = { openid, appid, id, slot, client: SITE, device };
      const tokenHash = hashSecret(newSecret());
      return issueSession({ ...start, tokenHash }, defaultPolicy, now());
    };
    const redeemAs = (issue: (found: readonly Session[]) => ActiveSession) =>
      grants.redeem({ id: grant.id, slots, issue }, (write) =>
        under.whileSignedIn(phone, now, write),
      );
    const webSessions = () => under.sessions.findAll(slots);
    const tenTimes = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, run));

    describe('add and find', () => {
      test('give back a request to the millisecond', async () => {
        expect(await grants.find(grant.id)).toEqual(grant);
      });

      test('give nothing for a code that nobody was given', async () => {
        const { id } = newDeviceGrant(SITE, BROWSER, now()).grant;
        expect(await grants.find(id)).toBeUndefined();
      });

      test('refuse a second request with the code, and leave the first as it is', async () => {
        const other = { ...newDeviceGrant(SITE, BROWSER, now()).grant, id: grant.id };
        expect(await grants.add(other)).toBe(false);
        expect(await grants.find(grant.id)).toEqual(grant);
      });

      test('of many requests at once with one code, keep one', async () => {
        const { grant: next } = newDeviceGrant(SITE, BROWSER, now());
        const kept = await tenTimes(() => grants.add(next));
        expect(kept.filter(Boolean)).toHaveLength(1);
      });
    });

    describe('approve and deny', () => {
      test('are kept with who approved it', async () => {
        expect(await grants.approve(grant.id, approval(), now())).toBe(true);
        expect(await grants.find(grant.id)).toEqual({
          ...grant,
          ...approval(),
          state: 'approved',
          expiresAt: anew,
        });
      });

      test('are kept when it is denied', async () => {
        expect(await grants.deny(grant.id, now())).toBe(true);
        expect(await grants.find(grant.id)).toEqual({ ...grant, state: 'denied' });
      });

      const decisions = ['approve', 'deny'] as const;
      const decide = (decision: (typeof decisions)[number], at = now(), by = approval()) =>
        decision === 'deny' ? grants.deny(grant.id, at) : grants.approve(grant.id, by, at);

      test.each(decisions)('%s does nothing from the moment at which it expires', async (what) => {
        expect(await decide(what, grant.expiresAt)).toBe(false);
        expect(await grants.find(grant.id)).toEqual(grant);
        expect(await decide(what, new Date(grant.expiresAt.getTime() - 1))).toBe(true);
      });

      test.each(decisions)('%s makes nothing of what there is not', async (what) => {
        const { id } = newDeviceGrant(SITE, BROWSER, now()).grant;
        const done =
          what === 'deny' ? grants.deny(id, now()) : grants.approve(id, approval(), now());
        expect(await done).toBe(false);
        expect(await grants.find(id)).toBeUndefined();
      });

      test.each(decisions.flatMap((first) => decisions.map((second) => [first, second] as const)))(
        'after %s, %s changes nothing',
        async (first, second) => {
          await decide(first);
          const before = await grants.find(grant.id);
          expect(await decide(second, now(), approval(activeSession()))).toBe(false);
          expect(await grants.find(grant.id)).toEqual(before);
        },
      );

      test('of many at once, one decides', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, (_, n) => decide(n % 2 === 0 ? 'approve' : 'deny')),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
        const state = outcomes.indexOf(true) % 2 === 0 ? 'approved' : 'denied';
        expect(await grants.find(grant.id)).toMatchObject({ state });
      });
    });

    describe('redeem', () => {
      test('puts the session into its place, and uses up the request', async () => {
        await grants.approve(grant.id, approval(), now());
        const session = webSession();
        expect(await redeemAs(() => session)).toEqual(session);
        expect(await webSessions()).toEqual([session]);
        expect(await grants.find(grant.id)).toEqual({
          ...grant,
          ...approval(),
          state: 'redeemed',
          expiresAt: anew,
        });
        expect(await under.sessions.find(phone.id)).toEqual(phone);
      });

      test('lets the session be chosen by what is in the places', async () => {
        const before = [webSession(1), webSession(0)];
        for (const session of before) await under.sessions.put(session);
        await grants.approve(grant.id, approval(), now());
        let seen: readonly Session[] = [];
        const next = webSession(1);
        await redeemAs((found) => {
          seen = found;
          return next;
        });
        expect(seen).toEqual([before[1], before[0]]);
        expect(await webSessions()).toHaveLength(2);
        expect(await under.sessions.find(next.id)).toEqual(next);
      });

      test('leaves nothing of the session that was in the place', async () => {
        const attempted = { ...webSession(), unionid: 'of the one before' };
        await under.sessions.put(attempted);
        await grants.approve(grant.id, approval(), now());
        const session = webSession();
        await redeemAs(() => session);
        expect(await webSessions()).toEqual([session]);
      });

      test.each([
        ['that waits', () => Promise.resolve()],
        ['that was denied', () => grants.deny(grant.id, now())],
        [
          'that was redeemed',
          async () => {
            await grants.approve(grant.id, approval(), now());
            await redeemAs(() => webSession());
          },
        ],
      ])('does nothing with a request %s', async (_, prepare) => {
        await prepare();
        const before = [await grants.find(grant.id), await webSessions()];
        expect(await redeemAs(() => webSession(1))).toBe('used');
        expect([await grants.find(grant.id), await webSessions()]).toEqual(before);
      });

      test('of many at once, one succeeds, and its session is the one that is kept', async () => {
        await grants.approve(grant.id, approval(), now());
        const outcomes = await Promise.all(
          Array.from({ length: 5 }, () => redeemAs(() => webSession())),
        );
        const issued = outcomes.filter((outcome) => typeof outcome === 'object');
        expect(outcomes.filter((outcome) => outcome === 'used')).toHaveLength(4);
        expect(await webSessions()).toEqual(issued);
      });

      test.each([
        [
          'has been revoked',
          () =>
            under.sessions.revoke(phone.id, phone.tokenHash, {
              revokedAt: now(),
              revokedBy: phone.device,
            }),
        ],
        ['has been replaced', () => under.sessions.put(activeSession())],
        ['is gone', () => under.sessions.remove(phone.id, phone.tokenHash)],
        ['has expired', () => under.sessions.put({ ...phone, expiresAt: now() })],
      ])('has ended when the approving session %s', async (_, end) => {
        await grants.approve(grant.id, approval(), now());
        await end();
        expect(await redeemAs(() => webSession())).toBe('ended');
        expect(await webSessions()).toEqual([]);
        expect(await grants.find(grant.id)).toMatchObject({ state: 'approved' });
      });

      test('rejects with what it ran within or for, and has done nothing then', async () => {
        await grants.approve(grant.id, approval(), now());
        const failed = () => Promise.reject(new Error('no session'));
        const issue = () => webSession();
        await expect(grants.redeem({ id: grant.id, slots, issue }, failed)).rejects.toThrow(
          'no session',
        );
        const broken = () => {
          throw new Error('no slot');
        };
        await expect(redeemAs(broken)).rejects.toThrow('no slot');
        expect(await webSessions()).toEqual([]);
        expect(await grants.find(grant.id)).toMatchObject({ state: 'approved' });
      });
    });
  });
}
