/**
 * Somebody who is being put out of an account, by unlinking what they came in by, by a new password
 * or by deletion, and who links something at that moment: in every order of the operations.
 */
import { describe, expect, test } from '@jest/globals';
import {
  exploreSchedules,
  type Actor,
  type Answer,
} from '../../support/promises/explore-schedules';
import {
  actorOf,
  cheapPasswords,
  codeOf,
  phoneIdOf,
  severalWaysIn,
  tokenFrom,
  WaysInWorld,
} from '../../support/promises/ways-in-world';
import { identityId, ownIdentityId } from '../../../cloudfunctions/shared/identity/identity';
import { StoreUnavailableError } from '../../../cloudfunctions/shared/session/session-store';
import { LIN, LIN_ACCOUNT, ZHOU } from '../../support/people';

cheapPasswords();

const CREDENTIALS = { name: 'lin', password: 'correct horse' };
const PASSWORD_ID = identityId('password', 'lin');
/** Lin's account, in which Zhou is by its password. */
async function sharedAccount() {
  const world = new WaysInWorld(severalWaysIn({ sessionsPerUser: 4 }));
  const lin = await tokenFrom(world, LIN);
  const setPassword = { action: 'set-password', sessionToken: lin, ...CREDENTIALS };
  await world.call('identity', LIN, setPassword);
  const zhou = await tokenFrom(world, ZHOU, 'login-password', CREDENTIALS);
  world.now += 1;
  return { world, lin, zhou };
}

const isOk = (answer: Answer | undefined): boolean =>
  answer?.state === 'answered' && (answer.reply as { ok?: unknown }).ok === true;

interface Race {
  world: WaysInWorld;
  actors: readonly Actor[];
  afterStep?: () => void;
  /** Whether a promise is broken. */
  isBroken: (answers: readonly Answer[]) => boolean;
}

/** Resolves to how many orders broke it. */
async function broken(setUp: () => Promise<Race>): Promise<number> {
  let count = 0;
  const schedules = await exploreSchedules(
    async () => {
      const { world, actors, afterStep, isBroken } = await setUp();
      return {
        store: world.stores.store,
        actors,
        afterStep: () => afterStep?.(),
        atEnd: (answers) => {
          if (isBroken(answers)) count += 1;
        },
      };
    },
    { interruptions: 3 },
  );
  expect(schedules).toBeGreaterThan(10);
  return count;
}

/** Whether something leads into the account that did not when its owner put somebody out. */
function watch(isPutOut: () => boolean, isLinked: () => boolean, mayBeBefore = true) {
  let wasPutOut = false;
  let wasBefore = false;
  let isBroken = false;
  return {
    afterStep() {
      if (isPutOut() && !wasPutOut) {
        wasPutOut = true;
        wasBefore = mayBeBefore && isLinked();
      }
      if (wasPutOut && isLinked() && !wasBefore) isBroken = true;
    },
    isBroken: ([, putOut]: readonly Answer[]) => isBroken && isOk(putOut),
  };
}

const linkings = {
  'link-phone': { id: phoneIdOf(0), data: { code: codeOf(0) } },
  'set-password': {
    id: identityId('password', 'back'),
    data: { name: 'back', password: 'a door at the back' },
  },
};

describe('who is put out links nothing any more', () => {
  test.each([
    ['link-wechat', ownIdentityId(LIN), {}],
    ['link-phone', linkings['link-phone'].id, linkings['link-phone'].data],
    ['set-password', linkings['set-password'].id, linkings['set-password'].data],
  ])('a WeChat that is unlinked: %s', async (action, id, data) => {
    const count = await broken(async () => {
      const { world, lin, zhou } = await sharedAccount();
      const leads = (one: typeof id) => world.identities.get(one)?.account === LIN_ACCOUNT;
      const own = ownIdentityId(LIN);
      const unlink = { action: 'unlink', sessionToken: zhou, identityId: own };
      return {
        world,
        actors: [
          actorOf(world, LIN, [['identity', { action, sessionToken: lin, ...data }]]),
          actorOf(world, ZHOU, [['identity', unlink]]),
        ],
        ...watch(
          () => !leads(own),
          () => leads(id),
          id !== own,
        ),
      };
    });
    expect(count).toBe(0);
  });

  test.each([
    ['that is unlinked', 'link-wechat'],
    ['that is unlinked', 'link-phone'],
    ['that is changed', 'link-wechat'],
    ['that is changed', 'link-phone'],
  ])('who came in by a password %s: %s', async (how, action) => {
    const count = await broken(async () => {
      const { world, lin, zhou } = await sharedAccount();
      const id = action === 'link-phone' ? phoneIdOf(0) : ownIdentityId(ZHOU);
      const before = world.identities.get(PASSWORD_ID)?.createdAt;
      const putOut =
        how === 'that is changed'
          ? { action: 'set-password', name: 'lin', password: 'another horse' }
          : { action: 'unlink', identityId: PASSWORD_ID };
      const link = { action, code: codeOf(0), sessionToken: zhou };
      return {
        world,
        actors: [
          actorOf(world, ZHOU, [['identity', link]]),
          actorOf(world, LIN, [['identity', { ...putOut, sessionToken: lin }]]),
        ],
        ...watch(
          () => world.identities.get(PASSWORD_ID)?.createdAt.getTime() !== before?.getTime(),
          () => world.identities.get(id)?.account === LIN_ACCOUNT,
        ),
      };
    });
    expect(count).toBe(0);
  });

  test('a WeChat that is unlinked, and whose session could not be ended, unlinks nobody else and deletes nothing', async () => {
    const { world, lin, zhou } = await sharedAccount();
    const unlink = { action: 'unlink', sessionToken: zhou, identityId: ownIdentityId(LIN) };
    await world.call('identity', ZHOU, { action: 'link-wechat', sessionToken: zhou });
    const { store } = world.stores;
    const revoke = () => Promise.reject(new StoreUnavailableError('revoke', new Error('down')));
    const failing = { ...world.stores, store: { ...store, revoke } };
    const cutShort = await world.call('identity', ZHOU, unlink, failing);
    expect(cutShort).toMatchObject({ code: 'UNAVAILABLE' });
    expect(world.identities.get(ownIdentityId(LIN))?.account).not.toBe(LIN_ACCOUNT);
    // It once counted as the founder who has no document, since none was among those of the account.
    for (const identityId of [PASSWORD_ID, ownIdentityId(ZHOU)]) {
      const data = { action: 'unlink', sessionToken: lin, identityId };
      expect(await world.call('identity', LIN, data)).toMatchObject({ code: 'SESSION_NOT_FRESH' });
    }
    const deletion = { action: 'delete', sessionToken: lin };
    expect(await world.call('account', LIN, deletion)).toMatchObject({ code: 'SESSION_NOT_FRESH' });
  });

  describe('who came in by a phone number, on a WeChat that is unlinked', () => {
    /** Zhou's WeChat is in Lin's account, and has come in by a phone number that is in it too. */
    async function onAnotherWechat(phoneOpensAccounts: boolean) {
      const { world, lin, zhou } = await sharedAccount();
      world.policy = severalWaysIn({ sessionsPerUser: 4, phoneOpensAccounts });
      for (const link of [{ action: 'link-phone', code: codeOf(0) }, { action: 'link-wechat' }]) {
        const linked = await world.call('identity', ZHOU, { ...link, sessionToken: zhou });
        expect(linked).toMatchObject({ ok: true });
      }
      const byPhone = await tokenFrom(world, ZHOU, 'login-phone', { code: codeOf(0) });
      expect(world.stored(byPhone)?.account).toBe(LIN_ACCOUNT);
      const unlink = { action: 'unlink', sessionToken: lin, identityId: ownIdentityId(ZHOU) };
      return { world, byPhone, unlink };
    }

    test('is signed out with it', async () => {
      const { world, byPhone, unlink } = await onAnotherWechat(false);
      expect(await world.call('identity', LIN, unlink)).toMatchObject({ ok: true, ended: 1 });
      expect(world.stored(byPhone)?.state).toBe('revoked');
    });

    test('stays signed in where the number alone opens the account', async () => {
      const { world, byPhone, unlink } = await onAnotherWechat(true);
      expect(await world.call('identity', LIN, unlink)).toMatchObject({ ok: true, ended: 0 });
      expect(world.stored(byPhone)?.state).toBe('active');
    });

    test('links nothing where their session could not be ended', async () => {
      const { world, byPhone, unlink } = await onAnotherWechat(false);
      const { store } = world.stores;
      const revoke = () => Promise.reject(new StoreUnavailableError('revoke', new Error('down')));
      const failing = { ...world.stores, store: { ...store, revoke } };
      expect(await world.call('identity', LIN, unlink, failing)).toMatchObject({
        code: 'UNAVAILABLE',
      });
      const link = { action: 'link-phone', code: codeOf(1), sessionToken: byPhone };
      expect(await world.call('identity', ZHOU, link)).toMatchObject({ code: 'SESSION_NOT_FRESH' });
      expect(world.identities.get(phoneIdOf(1))).toBeUndefined();
    });
  });

  test('a phone number that is linked meanwhile opens nothing on a WeChat that is unlinked', async () => {
    const count = await broken(async () => {
      const { world, zhou } = await sharedAccount();
      const link = { action: 'link-phone', code: codeOf(0), sessionToken: zhou };
      const unlink = { action: 'unlink', sessionToken: zhou, identityId: ownIdentityId(LIN) };
      return {
        world,
        actors: [
          actorOf(world, LIN, [['login-phone', { code: codeOf(0) }]]),
          actorOf(world, ZHOU, [
            ['identity', link],
            ['identity', unlink],
          ]),
        ],
        isBroken: ([signedIn, unlinked]) => {
          if (!isOk(signedIn) || !isOk(unlinked) || signedIn?.state !== 'answered') return false;
          const { sessionToken } = signedIn.reply as { sessionToken: string };
          const session = world.stored(sessionToken);
          return session?.state === 'active' && session.account === undefined;
        },
      };
    });
    expect(count).toBe(0);
  });

  test.each(['link-phone', 'set-password'])(
    'the session that deletes the account: %s',
    async (action) => {
      const count = await broken(async () => {
        const world = new WaysInWorld(severalWaysIn());
        const lin = await tokenFrom(world, LIN);
        const link = { action, code: codeOf(0), ...CREDENTIALS, sessionToken: lin };
        return {
          world,
          actors: [
            actorOf(world, LIN, [['identity', link]]),
            actorOf(world, LIN, [['account', { action: 'delete', sessionToken: lin }]]),
          ],
          isBroken: ([, deleted]) => isOk(deleted) && world.identities.size > 0,
        };
      });
      expect(count).toBe(0);
    },
  );
});
