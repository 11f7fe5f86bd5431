/** A web page is let in, and what else goes on meanwhile. */
import { expect } from '@jest/globals';
import { identityId } from '../../../cloudfunctions/shared/identity/identity';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import {
  hashSecret,
  parseToken,
  publicSessionId,
} from '../../../cloudfunctions/shared/session/session-token';
import { GRANT_LIFETIME_MS } from '../../../cloudfunctions/shared/device-grants/device-grant';
import { LIN, ZHOU, type Person } from '../../support/people';
import type { Actor, Answer } from '../../support/promises/explore-schedules';
import {
  severalWaysIn,
  tokenFrom,
  type WaysInFunction,
} from '../../support/promises/ways-in-world';
import {
  webActor,
  WebSignInWorld,
  type PageCodes,
  type WebAnswer,
} from '../../support/promises/web-sign-in-world';

export interface WebCase {
  world: WebSignInWorld;
  actors: readonly Actor[];
  /** The actor after whose acknowledgement no web page is signed in. */
  ends?: number;
  /** The same for a page that was told so: one that was not finds out by itself. */
  endsTold?: number;
  /** Tokens of phones, which stay good. */
  phones?: readonly string[];
  /** When nobody was killed. */
  atEnd?: (answers: readonly Answer[]) => void;
}

interface Described {
  title: string;
  setUp: () => Promise<WebCase>;
}

export const valueOf = (answer: Answer | undefined): Record<string, unknown> =>
  answer?.state === 'answered' ? (answer.reply as Record<string, unknown>) : {};
/** The token that a page was given, if it was. */
export const pageToken = (answer: Answer | undefined): string | undefined => {
  const token = (valueOf(answer) as Partial<WebAnswer>).body?.['access_token'];
  return typeof token === 'string' ? token : undefined;
};
const errorOf = (answer: Answer | undefined): unknown =>
  (valueOf(answer) as Partial<WebAnswer>).body?.['error'];

const decide = (
  world: WebSignInWorld,
  { person, token }: Phone,
  action: 'approve' | 'deny',
  { userCode }: PageCodes,
): Actor =>
  webActor(world, (stores) =>
    world.authorize(person, { action, sessionToken: token, userCode }, stores),
  );
const poll = (world: WebSignInWorld, page: PageCodes): Actor =>
  webActor(world, (stores) => world.polls(page, stores));
const call = (world: WebSignInWorld, person: Person, name: WaysInFunction, data: object): Actor =>
  webActor(world, (stores) => world.call(name, person, data, stores));
/** Approves, and then the page comes. */
const letIn = (world: WebSignInWorld, phone: Phone, page: PageCodes): Actor =>
  webActor(world, async (stores) => {
    const { userCode } = page;
    const event = { action: 'approve', sessionToken: phone.token, userCode };
    await world.authorize(phone.person, event, stores);
    return world.polls(page, stores);
  });

interface Phone {
  person: Person;
  token: string;
}

const idOf = (token: string): string => {
  const parsed = parseToken(token);
  if (parsed === undefined) throw new Error('this is no token');
  return publicSessionId(hashSecret(parsed.secret));
};

/** Lin is signed in on two phones, and a page waits. */
async function waiting(webSessionsPerUser = 1) {
  const policy = { ...defaultPolicy, sessionsPerUser: 2, webSessionsPerUser };
  const world = new WebSignInWorld(policy);
  const lin = { person: LIN, token: await tokenFrom(world, LIN) };
  const other = { person: LIN, token: await tokenFrom(world, LIN) };
  const page = await world.asks();
  world.now += 1;
  return { world, lin, other, page };
}

type Waiting = Awaited<ReturnType<typeof waiting>>;

/** The same, and Lin has approved it. */
async function approved(webSessionsPerUser = 1): Promise<Waiting> {
  const set = await waiting(webSessionsPerUser);
  await approve(set.world, set.lin, set.page);
  return set;
}

async function approve(world: WebSignInWorld, phone: Phone, page: PageCodes): Promise<void> {
  const { userCode } = page;
  const event = { action: 'approve', sessionToken: phone.token, userCode };
  expect(await world.authorize(phone.person, event)).toMatchObject({ approved: true });
}

/** What ends the session of the phone that approved, and with it what it let in. */
const endings: [string, (set: Waiting) => Actor, stays: (set: Waiting) => string[]][] = [
  [
    'it signs out everywhere',
    ({ world, lin }) =>
      call(world, LIN, 'logout', { sessionToken: lin.token, scope: 'everywhere' }),
    () => [],
  ],
  [
    'another phone signs out everywhere',
    ({ world, other }) =>
      call(world, LIN, 'logout', { sessionToken: other.token, scope: 'everywhere' }),
    () => [],
  ],
  [
    'another phone signs out all others',
    ({ world, other }) =>
      call(world, LIN, 'logout', { sessionToken: other.token, scope: 'others' }),
    ({ other }) => [other.token],
  ],
  [
    'the account is deleted',
    ({ world, lin }) => call(world, LIN, 'account', { sessionToken: lin.token, action: 'delete' }),
    () => [],
  ],
  [
    'the account is deleted by another phone',
    ({ world, other }) =>
      call(world, LIN, 'account', { sessionToken: other.token, action: 'delete' }),
    () => [],
  ],
];

/** What ends the approving phone alone: a page that is in by then stays in. */
const phoneEndings: [string, (set: Waiting) => Actor][] = [
  ['it signs out', ({ world, lin }) => call(world, LIN, 'logout', { sessionToken: lin.token })],
  [
    'another phone ends its session',
    ({ world, lin, other }) =>
      call(world, LIN, 'session', {
        action: 'revoke',
        sessionToken: other.token,
        sessionId: idOf(lin.token),
      }),
  ],
];

const isIn = (world: WebSignInWorld, answer: Answer | undefined): boolean => {
  const token = pageToken(answer);
  return token !== undefined && world.isActive(token);
};

export const webCases: readonly Described[] = [
  ...endings.flatMap(([what, end, stays]): Described[] => [
    {
      title: `a phone has approved, the page comes, and ${what}`,
      setUp: async () => {
        const set = await approved();
        const { world, page } = set;
        return {
          world,
          actors: [poll(world, page), end(set)],
          ends: 1,
          phones: stays(set),
          atEnd: (answers) => {
            expect(valueOf(answers[1])['ok']).toBe(true);
          },
        };
      },
    },
    {
      title: `a phone approves, the page comes, and ${what}`,
      setUp: async () => {
        const set = await waiting();
        const { world, lin, page } = set;
        return { world, actors: [letIn(world, lin, page), end(set)], ends: 1, phones: stays(set) };
      },
    },
  ]),
  ...phoneEndings.map(([what, end]): Described => ({
    title: `a phone approves, the page comes, and ${what}: what it was told holds`,
    setUp: async () => {
      const set = await waiting();
      const { world, lin, other, page } = set;
      return {
        world,
        actors: [letIn(world, lin, page), end(set)],
        phones: [other.token],
        atEnd: (answers) => {
          if (pageToken(answers[0]) !== undefined) {
            expect(isIn(world, answers[0])).toBe(true);
            return;
          }
          expect(['access_denied', 'authorization_pending']).toContain(errorOf(answers[0]));
        },
      };
    },
  })),
  {
    title: 'a page comes twice at once: it is let in once, and stays in',
    setUp: async () => {
      const { world, lin, other, page } = await approved();
      return {
        world,
        actors: [poll(world, page), poll(world, page)],
        phones: [lin.token, other.token],
        atEnd: (answers) => {
          expect(answers.filter((answer) => isIn(world, answer))).toHaveLength(1);
          expect(answers.map(errorOf).filter(Boolean)).toEqual(['invalid_grant']);
        },
      };
    },
  },
  ...[1, 2].map((allowed): Described => ({
    title: `two pages come at once, and ${String(allowed)} may be in: no phone makes room`,
    setUp: async () => {
      const { world, lin, other, page } = await approved(allowed);
      const second = await world.asks();
      await approve(world, other, second);
      return {
        world,
        actors: [poll(world, page), poll(world, second)],
        phones: [lin.token, other.token],
        atEnd: (answers) => {
          expect(answers.map(errorOf)).toEqual([undefined, undefined]);
          expect(answers.filter((answer) => isIn(world, answer))).toHaveLength(allowed);
        },
      };
    },
  })),
  {
    title: 'two people approve one code, and the page comes: it is of the one who was told so',
    setUp: async () => {
      const { world, lin, other, page } = await waiting();
      const zhou = { person: ZHOU, token: await tokenFrom(world, ZHOU) };
      return {
        world,
        actors: [
          decide(world, lin, 'approve', page),
          decide(world, zhou, 'approve', page),
          poll(world, page),
        ],
        phones: [lin.token, other.token, zhou.token],
        atEnd: (answers) => {
          const told = answers.slice(0, 2).map((answer) => valueOf(answer)['approved'] === true);
          expect(told.filter(Boolean)).toHaveLength(1);
          const token = pageToken(answers[2]);
          if (token === undefined) return;
          const winner = told[0] === true ? LIN : ZHOU;
          expect(world.stored(token)?.openid).toBe(winner.openid);
        },
      };
    },
  },
  {
    title: 'one phone approves, another denies, and the page comes: a denial that was told holds',
    setUp: async () => {
      const { world, lin, other, page } = await waiting();
      return {
        world,
        actors: [
          decide(world, lin, 'approve', page),
          decide(world, other, 'deny', page),
          poll(world, page),
        ],
        ends: 1,
        phones: [lin.token, other.token],
        atEnd: (answers) => {
          const told = [valueOf(answers[0])['approved'], valueOf(answers[1])['denied']];
          expect(told.filter(Boolean)).toHaveLength(1);
        },
      };
    },
  },
  {
    title: 'a code expires while a phone approves it: the page is let in before, or never',
    setUp: async () => {
      const { world, lin, other, page } = await waiting();
      const timePasses = webActor(world, async ({ store }) => {
        await store.findAll([]);
        world.now += GRANT_LIFETIME_MS;
        return { ok: true };
      });
      return {
        world,
        actors: [letIn(world, lin, page), timePasses],
        phones: [lin.token, other.token],
        atEnd: (answers) => {
          if (isIn(world, answers[0])) return;
          expect(errorOf(answers[0])).toBe('expired_token');
          expect(world.sessions.size).toBe(2);
        },
      };
    },
  },
  {
    title: 'what the approving phone came in by is unlinked: it lets nobody in any more',
    setUp: async () => {
      const world = new WebSignInWorld(severalWaysIn({ sessionsPerUser: 2 }));
      const lin = await tokenFrom(world, LIN);
      const credentials = { name: 'lin', password: 'correct horse' };
      const setPassword = { sessionToken: lin, action: 'set-password', ...credentials };
      expect(await world.call('identity', LIN, setPassword)).toMatchObject({ ok: true });
      const token = await tokenFrom(world, ZHOU, 'login-password', credentials);
      const page = await world.asks();
      world.now += 1;
      const zhou = { person: ZHOU, token };
      const unlink = {
        sessionToken: lin,
        action: 'unlink',
        identityId: identityId('password', 'lin'),
      };
      return {
        world,
        actors: [letIn(world, zhou, page), call(world, LIN, 'identity', unlink)],
        endsTold: 1,
        phones: [lin],
        atEnd: (answers) => {
          expect(valueOf(answers[1])['ok']).toBe(true);
        },
      };
    },
  },
];
