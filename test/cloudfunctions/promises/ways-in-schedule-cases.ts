/**
 * Two calls at once that are about the same way in, and what must hold: at each moment, from each
 * acknowledgement on, and when both are over.
 */
import { expect } from '@jest/globals';
import {
  identityId,
  ownIdentityId,
  type IdentityId,
} from '../../../cloudfunctions/shared/identity/identity';
import { ownAccount, type AccountId } from '../../../cloudfunctions/shared/identity/account';
import { LIN, LIN_ACCOUNT, ZHOU, ZHOU_ACCOUNT, type Person } from '../../support/people';
import type { Actor, Answer } from '../../support/promises/explore-schedules';
import {
  actorOf,
  codeOf,
  phoneIdOf,
  severalWaysIn,
  tokenFrom,
  WaysInWorld,
  type WaysInFunction,
} from '../../support/promises/ways-in-world';

const PASSWORD = 'correct horse';
const OTHER_PASSWORD = 'battery staple';
export const QIN: Person = { openid: 'openid-of-qin', appid: 'wx-app' };

const passwordId = (name: string) => identityId('password', name);
export const replyOf = (answer: Answer | undefined): Record<string, unknown> =>
  answer?.state === 'answered' ? (answer.reply as Record<string, unknown>) : {};
const codeOrOk = (answer: Answer | undefined): unknown => {
  const { ok, code } = replyOf(answer);
  return ok === true ? 'ok' : code;
};

export interface WaysInCase {
  world: WaysInWorld;
  actors: readonly Actor[];
  /** Accounts that somebody can get into, whatever happens. */
  keeps?: readonly AccountId[];
  /** The actor that ends what came in by a way in, which is no way in once it was answered `ok`. */
  ends?: number;
  /** When nobody was killed. */
  atEnd?: (answers: readonly Answer[], codes: readonly unknown[]) => void;
}

interface Described {
  title: string;
  setUp: () => Promise<WaysInCase>;
}

const actor = (world: WaysInWorld, person: Person, name: WaysInFunction, data: object): Actor =>
  actorOf(world, person, [[name, data]]);

async function done(world: WaysInWorld, person: Person, data: object): Promise<void> {
  const reply = await world.call('identity', person, data);
  if (!reply.ok) throw new Error(String(reply.code));
}

type Linked = 'phone' | 'password' | 'wechat';

/**
 * Lin is signed in to her account, and what is linked to it besides her WeChat: a phone, a password,
 * Zhou's WeChat. With a password Zhou is signed in to it, too.
 */
async function linkedAccount(...linked: Linked[]) {
  const world = new WaysInWorld(severalWaysIn({ sessionsPerUser: 4 }));
  const lin = await tokenFrom(world, LIN);
  const credentials = { name: 'lin', password: PASSWORD };
  let zhou = '';
  if (linked.includes('phone')) {
    await done(world, LIN, { sessionToken: lin, action: 'link-phone', code: codeOf(0) });
  }
  if (linked.includes('password') || linked.includes('wechat')) {
    await done(world, LIN, { sessionToken: lin, action: 'set-password', ...credentials });
    zhou = await tokenFrom(world, ZHOU, 'login-password', credentials);
  }
  if (linked.includes('wechat')) {
    await done(world, ZHOU, { sessionToken: zhou, action: 'link-wechat' });
    if (!linked.includes('password')) {
      const identityId = passwordId('lin');
      await done(world, LIN, { sessionToken: lin, action: 'unlink', identityId });
    }
  }
  world.now += 1;
  return { world, lin, zhou, credentials };
}

const unlink = (world: WaysInWorld, person: Person, sessionToken: string, identityId: string) =>
  actor(world, person, 'identity', { sessionToken, action: 'unlink', identityId });

type SetUp = Awaited<ReturnType<typeof linkedAccount>>;

/** Ways to sign in to Lin's account, from whose WeChat. */
const signIns: [string, Linked, IdentityId, (set: SetUp) => Actor][] = [
  [
    'a phone',
    'phone',
    phoneIdOf(0),
    ({ world }) => actor(world, LIN, 'login-phone', { code: codeOf(0) }),
  ],
  [
    'a password',
    'password',
    passwordId('lin'),
    ({ world, credentials }) => actor(world, QIN, 'login-password', credentials),
  ],
  [
    'a linked WeChat',
    'wechat',
    ownIdentityId(ZHOU),
    ({ world }) => actor(world, ZHOU, 'login', {}),
  ],
];

export const waysInCases: readonly Described[] = [
  ...signIns.flatMap(([what, linked, id, signIn]): Described[] => [
    {
      title: `a sign-in by ${what}, and that is unlinked: it opens nothing once that is acknowledged`,
      setUp: async () => {
        const set = await linkedAccount(linked);
        return {
          world: set.world,
          actors: [signIn(set), unlink(set.world, LIN, set.lin, id)],
          keeps: [LIN_ACCOUNT],
          ends: 1,
          atEnd: (_, [signedIn, unlinked]) => {
            expect(unlinked).toBe('ok');
            // A number that nobody has linked is linked by signing in with it.
            const isLinkedAnew = linked === 'phone' && signedIn === 'ok';
            if (isLinkedAnew) return;
            expect(set.world.identities.get(id)?.account).not.toBe(LIN_ACCOUNT);
          },
        };
      },
    },
    {
      title: `a sign-in by ${what}, and the account is deleted: nothing of it is left signed in`,
      setUp: async () => {
        const set = await linkedAccount(linked);
        const remove = { action: 'delete', sessionToken: set.lin };
        return {
          world: set.world,
          actors: [signIn(set), actor(set.world, LIN, 'account', remove)],
          ends: 1,
          atEnd: (_, [signedIn, deleted]) => {
            expect(deleted).toBe('ok');
            const isLinkedAnew = linked === 'phone' && signedIn === 'ok';
            if (isLinkedAnew) return;
            expect(set.world.identities.get(id)?.account).not.toBe(LIN_ACCOUNT);
          },
        };
      },
    },
  ]),
  {
    title: 'a sign-in of the WeChat that founded the account, and the account is deleted',
    setUp: async () => {
      const set = await linkedAccount('password');
      const remove = { action: 'delete', sessionToken: set.zhou };
      return {
        world: set.world,
        actors: [actor(set.world, LIN, 'login', {}), actor(set.world, ZHOU, 'account', remove)],
        ends: 1,
        keeps: [LIN_ACCOUNT],
        atEnd: (_, [, deleted]) => {
          expect(deleted).toBe('ok');
          expect(set.world.identities.get(passwordId('lin'))).toBeUndefined();
        },
      };
    },
  },
  {
    title: "two phones unlink each other's way in, which are the last two: one stays",
    setUp: async () => {
      const set = await linkedAccount('password');
      return {
        world: set.world,
        actors: [
          unlink(set.world, LIN, set.lin, passwordId('lin')),
          unlink(set.world, ZHOU, set.zhou, ownIdentityId(LIN)),
        ],
        keeps: [LIN_ACCOUNT],
        atEnd: (_, codes) => expect(codes.filter((code) => code === 'ok')).toHaveLength(1),
      };
    },
  },
  {
    title: 'one phone number linked to two accounts: to one of them',
    setUp: async () => {
      const world = new WaysInWorld(severalWaysIn());
      const [lin, zhou] = [await tokenFrom(world, LIN), await tokenFrom(world, ZHOU)];
      const link = { action: 'link-phone', code: codeOf(0) };
      return {
        world,
        actors: [
          actor(world, LIN, 'identity', { ...link, sessionToken: lin }),
          actor(world, ZHOU, 'identity', { ...link, sessionToken: zhou }),
        ],
        keeps: [LIN_ACCOUNT, ZHOU_ACCOUNT],
        atEnd: (_, codes) => {
          expect([...codes].sort()).toEqual(['IDENTITY_TAKEN', 'ok']);
          const owner = codes[0] === 'ok' ? LIN_ACCOUNT : ZHOU_ACCOUNT;
          expect(world.identities.get(phoneIdOf(0))?.account).toBe(owner);
        },
      };
    },
  },
  {
    title: 'one account name for the passwords of two accounts: one of them has it',
    setUp: async () => {
      const world = new WaysInWorld(severalWaysIn());
      const [lin, zhou] = [await tokenFrom(world, LIN), await tokenFrom(world, ZHOU)];
      const set = { action: 'set-password', name: 'lin', password: PASSWORD };
      return {
        world,
        actors: [
          actor(world, LIN, 'identity', { ...set, sessionToken: lin }),
          actor(world, ZHOU, 'identity', { ...set, sessionToken: zhou }),
        ],
        keeps: [LIN_ACCOUNT, ZHOU_ACCOUNT],
        atEnd: (_, codes) => {
          expect([...codes].sort()).toEqual(['IDENTITY_TAKEN', 'ok']);
          const owner = codes[0] === 'ok' ? LIN_ACCOUNT : ZHOU_ACCOUNT;
          expect(world.identities.get(passwordId('lin'))?.account).toBe(owner);
        },
      };
    },
  },
  {
    title: 'two people sign in with one new phone number: one of them has it',
    setUp: () => {
      const world = new WaysInWorld(severalWaysIn());
      const data = { code: codeOf(0) };
      return Promise.resolve({
        world,
        actors: [actor(world, LIN, 'login-phone', data), actor(world, ZHOU, 'login-phone', data)],
        keeps: [LIN_ACCOUNT, ZHOU_ACCOUNT],
        atEnd: (_, codes) => expect([...codes].sort()).toEqual(['IDENTITY_TAKEN', 'ok']),
      });
    },
  },
  {
    title: 'a phone is linked, and the account is deleted: it leads nowhere, or into what is new',
    setUp: async () => {
      const world = new WaysInWorld(severalWaysIn({ sessionsPerUser: 2 }));
      const [lin, second] = [await tokenFrom(world, LIN), await tokenFrom(world, LIN)];
      const link = { action: 'link-phone', code: codeOf(0), sessionToken: second };
      const remove = { action: 'delete', sessionToken: lin };
      return {
        world,
        actors: [actor(world, LIN, 'identity', link), actor(world, LIN, 'account', remove)],
        ends: 1,
        atEnd: (_, [, deleted]) => {
          expect(deleted).toBe('ok');
          expect([...world.identities.values()]).toEqual([]);
          expect(world.sessions.size).toBe(0);
        },
      };
    },
  },
  {
    title:
      'a password is changed, and somebody signs in with the old one: that opens nothing after',
    setUp: async () => {
      const { world, lin, credentials } = await linkedAccount('password');
      const change = { action: 'set-password', name: 'lin', password: OTHER_PASSWORD };
      return {
        world,
        actors: [
          actor(world, QIN, 'login-password', credentials),
          actor(world, LIN, 'identity', { ...change, sessionToken: lin }),
        ],
        keeps: [LIN_ACCOUNT],
        atEnd: (answers, [, changed]) => {
          expect(changed).toBe('ok');
          expect(opens(world, answers[0])).toBe(false);
        },
      };
    },
  },
  {
    title: 'a password gets another name, and is unlinked under the old one',
    setUp: async () => {
      const { world, lin, zhou } = await linkedAccount('password');
      const rename = { action: 'set-password', name: 'lin2', password: OTHER_PASSWORD };
      return {
        world,
        actors: [
          actor(world, ZHOU, 'identity', { ...rename, sessionToken: zhou }),
          unlink(world, LIN, lin, passwordId('lin')),
        ],
        keeps: [LIN_ACCOUNT],
        ends: 1,
        atEnd: (_, codes) => {
          expect(world.identities.get(passwordId('lin'))).toBeUndefined();
          expect(world.identities.has(passwordId('lin2'))).toBe(codes[0] === 'ok');
          expect(codes).toContain('ok');
        },
      };
    },
  },
  {
    title: 'a WeChat is linked to another account, and signs in: it is in one of the two',
    setUp: async () => {
      const set = await linkedAccount('password');
      // Zhou's WeChat has a document: something was linked to its own account once.
      const own = await tokenFrom(set.world, ZHOU, 'login-phone', { code: codeOf(1) });
      await done(set.world, ZHOU, {
        sessionToken: own,
        action: 'unlink',
        identityId: phoneIdOf(1),
      });
      const link = { sessionToken: set.zhou, action: 'link-wechat' };
      return {
        world: set.world,
        actors: [actor(set.world, ZHOU, 'identity', link), actor(set.world, ZHOU, 'login', {})],
        keeps: [LIN_ACCOUNT],
        atEnd: (_, [linked]) => {
          expect(linked).toBe('ok');
          expect(set.world.identities.get(ownIdentityId(ZHOU))?.account).toBe(LIN_ACCOUNT);
        },
      };
    },
  },
  {
    title: 'a WeChat leaves the account that it founded, and signs in: not into what it left',
    setUp: async () => {
      const set = await linkedAccount('password');
      return {
        world: set.world,
        actors: [
          unlink(set.world, ZHOU, set.zhou, ownIdentityId(LIN)),
          actor(set.world, LIN, 'login', {}),
        ],
        keeps: [LIN_ACCOUNT],
        ends: 0,
        atEnd: (_, [unlinked]) => {
          expect(unlinked).toBe('ok');
          // Without a document it would be in it still.
          const own = set.world.identities.get(ownIdentityId(LIN));
          expect(own?.account ?? ownAccount(LIN)).not.toBe(LIN_ACCOUNT);
        },
      };
    },
  },
];

function opens(world: WaysInWorld, answer: Answer | undefined): boolean {
  const token = replyOf(answer)['sessionToken'];
  return typeof token === 'string' && world.stored(token)?.state === 'active';
}

export const codesOf = (answers: readonly Answer[]): unknown[] => answers.map(codeOrOk);
