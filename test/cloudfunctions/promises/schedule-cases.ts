/** Two or three calls at once, what each ends, and what holds once all are answered. */
import { expect } from '@jest/globals';
import type { SessionInfo } from '../../../cloudfunctions/shared/session/contract';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import type { Actor, Answer } from '../../support/promises/explore-schedules';
import { OnePerson } from '../../support/promises/one-person';

const { idleLifetimeMs, renewAfterMs } = defaultPolicy;

export interface Case {
  person: OnePerson;
  actors: readonly Actor[];
  /** By the index of an actor: the tokens that open nothing once it was answered `ok`. */
  endedBy?: Readonly<Record<number, readonly string[]>>;
  /** When nobody was killed. */
  atEnd?: (answers: readonly Answer[]) => void;
}

interface Described {
  title: string;
  orders: number;
  setUp: () => Promise<Case>;
}

export function replyOf(answer: Answer | undefined): Record<string, unknown> {
  return answer?.state === 'answered' ? (answer.reply as Record<string, unknown>) : {};
}
const tokenOf = (answer: Answer | undefined): string => String(replyOf(answer)['sessionToken']);

/** A person whose sessions are due for renewal: a check of one reads, and then writes. */
async function dueForRenewal(sessionsPerUser: number, ...devices: string[]) {
  const person = new OnePerson(sessionsPerUser);
  const signedIn = [];
  for (const device of devices) signedIn.push(await person.signIn(device));
  person.now += renewAfterMs;
  const [first = { token: '', id: '' }, second = { token: '', id: '' }] = signedIn;
  return { person, first, second };
}

export const scheduleCases: readonly Described[] = [
  {
    title: 'two sign-ins, one session allowed: one of the two has it',
    orders: 2,
    setUp: () => {
      const person = new OnePerson(1);
      return Promise.resolve({
        person,
        actors: [person.login('phone'), person.login('tablet')],
        atEnd: (answers) =>
          expect(answers.map((a) => person.opens(tokenOf(a))).sort()).toEqual([false, true]),
      });
    },
  },
  {
    title: 'two sign-ins, two sessions allowed: both have one',
    orders: 6,
    setUp: () => {
      const person = new OnePerson(2);
      return Promise.resolve({
        person,
        actors: [person.login('phone'), person.login('tablet')],
        atEnd: (answers) =>
          expect(answers.map((a) => person.opens(tokenOf(a)))).toEqual([true, true]),
      });
    },
  },
  {
    title: 'three sign-ins, two sessions allowed: two of the three have one',
    orders: 90,
    setUp: () => {
      const person = new OnePerson(2);
      return Promise.resolve({
        person,
        actors: ['phone', 'tablet', 'laptop'].map((device) => person.login(device)),
        atEnd: (answers) =>
          expect(answers.map((a) => person.opens(tokenOf(a))).sort()).toEqual([false, true, true]),
      });
    },
  },
  {
    title: 'three sign-ins, three sessions allowed: all have one',
    orders: 90,
    setUp: () => {
      const person = new OnePerson(3);
      return Promise.resolve({
        person,
        actors: ['phone', 'tablet', 'laptop'].map((device) => person.login(device)),
        atEnd: (answers) => expect(answers.every((a) => person.opens(tokenOf(a)))).toBe(true),
      });
    },
  },
  {
    title: "a new phone's sign-in and the old phone's sign-out: the new phone stays signed in",
    orders: 2,
    setUp: async () => {
      const { person, first } = await dueForRenewal(1, 'old');
      return {
        person,
        actors: [person.login('new'), person.logout(first.token)],
        endedBy: { 1: [first.token] },
        atEnd: ([login]) => expect(person.opens(tokenOf(login))).toBe(true),
      };
    },
  },
  {
    title: 'a renewal and a sign-out: the session stays ended',
    orders: 3,
    setUp: async () => {
      const { person, first } = await dueForRenewal(1, 'phone');
      return {
        person,
        actors: [person.check(first.token), person.logout(first.token)],
        endedBy: { 1: [first.token] },
        atEnd: () => expect(person.live()).toBe(0),
      };
    },
  },
  {
    title: 'a renewal and a sign-in that replaces the session: the new one stays',
    orders: 3,
    setUp: async () => {
      const { person, first } = await dueForRenewal(1, 'old');
      return {
        person,
        actors: [person.check(first.token), person.login('new')],
        endedBy: { 1: [first.token] },
        atEnd: ([check, login]) => {
          expect(person.opens(tokenOf(login))).toBe(true);
          if (replyOf(check)['ok'] !== true)
            expect(replyOf(check)['code']).toBe('SESSION_REPLACED');
        },
      };
    },
  },
  {
    title: 'a renewal and a revocation from another device: the session stays revoked',
    orders: 6,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(2, 'lost phone', 'tablet');
      return {
        person,
        actors: [person.check(first.token), person.revoke(second.token, first.id)],
        endedBy: { 1: [first.token] },
        atEnd: ([check, revoke]) => {
          expect(replyOf(revoke)).toEqual({ ok: true, ended: 1 });
          if (replyOf(check)['ok'] !== true) expect(replyOf(check)['code']).toBe('SESSION_REVOKED');
        },
      };
    },
  },
  {
    title:
      'two devices that revoke each other: at least one is ended, and each acknowledgement holds',
    orders: 6,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(2, 'phone', 'tablet');
      return {
        person,
        actors: [person.revoke(first.token, second.id), person.revoke(second.token, first.id)],
        endedBy: { 0: [second.token], 1: [first.token] },
        atEnd: () => expect(person.live()).toBeLessThan(2),
      };
    },
  },
  {
    title: 'sign-out everywhere and a sign-in: what was there before is ended',
    orders: 6,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(2, 'phone', 'tablet');
      return {
        person,
        actors: [person.logout(second.token, 'everywhere'), person.login('laptop')],
        atEnd: ([logout]) => {
          if (Number(replyOf(logout)['ended']) === 0) return;
          expect([first, second].map(({ token }) => person.opens(token))).toEqual([false, false]);
        },
      };
    },
  },
  {
    title: 'sign-out of the others and a renewal there: only this device stays',
    orders: 6,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(2, 'lost phone', 'tablet');
      return {
        person,
        actors: [person.check(first.token), person.logout(second.token, 'others')],
        endedBy: { 1: [first.token] },
        atEnd: () => expect(person.opens(second.token)).toBe(true),
      };
    },
  },
  {
    title: 'a sweep of an expired session and a sign-in in its place: the sign-in stays',
    orders: 2,
    setUp: async () => {
      const { person } = await dueForRenewal(1, 'phone');
      person.now += idleLifetimeMs;
      return {
        person,
        actors: [person.sweep(), person.login('phone')],
        atEnd: ([, login]) => expect(person.opens(tokenOf(login))).toBe(true),
      };
    },
  },
  {
    title: 'a list and a sign-in: the list is of before or of after',
    orders: 3,
    setUp: async () => {
      const { person, first } = await dueForRenewal(3, 'phone');
      return {
        person,
        actors: [person.list(first.token), person.login('tablet')],
        atEnd: ([list]) =>
          expect([1, 2]).toContain((replyOf(list)['sessions'] as SessionInfo[]).length),
      };
    },
  },
  {
    title: 'a renewal, a revocation and a sign-in: every acknowledgement holds',
    orders: 60,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(2, 'lost phone', 'tablet');
      return {
        person,
        actors: [
          person.check(first.token),
          person.revoke(second.token, first.id),
          person.login('laptop'),
        ],
        endedBy: { 1: [] },
      };
    },
  },
  ...(
    [
      ['sign-out', 1, (person, own) => person.logout(own)],
      ['sign-out everywhere', 2, (person, own) => person.logout(own, 'everywhere')],
      ['sign-out of the others', 2, (person, _own, other) => person.logout(other, 'others')],
    ] satisfies [string, number, (person: OnePerson, own: string, other: string) => Actor][]
  ).flatMap(([what, sessionsPerUser, end]): Described[] => [
    {
      title: `a renewal, time that passes the idle end, and a ${what}: the session stays ended`,
      orders: 12,
      setUp: async () => {
        const { person, first, second } = await dueForRenewal(2, 'phone', 'tablet');
        person.now += idleLifetimeMs - renewAfterMs - 5;
        const served = person.on({ sessionsPerUser });
        return {
          person,
          actors: [
            person.check(first.token),
            person.timePasses(10),
            end(served, first.token, second.token),
          ],
          endedBy: { 2: [first.token] },
        };
      },
    },
    {
      title: `a renewal, and a ${what} where the clock is a minute ahead and fewer are allowed: the session stays ended`,
      orders: 3,
      setUp: async () => {
        const { person, second } = await dueForRenewal(2, 'phone', 'tablet');
        person.now += idleLifetimeMs - renewAfterMs - 30_000;
        const elsewhere = person.on({ sessionsPerUser: 1, skewMs: 60_000 });
        const other = await person.signIn('phone');
        return {
          person,
          actors: [person.check(second.token), end(elsewhere, second.token, other.token)],
          endedBy: { 1: [second.token] },
        };
      },
    },
  ]),
  {
    title: 'a sign-in, and the same sent again before its reply: they take one place',
    orders: 6,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(3, 'phone', 'tablet');
      const attempt = { attempt: 'attempt-0123456789' };
      return {
        person,
        actors: [person.login('laptop', attempt), person.login('laptop', attempt)],
        atEnd: () => {
          expect(person.live()).toBe(3);
          expect([first, second].map(({ token }) => person.opens(token))).toEqual([true, true]);
        },
      };
    },
  },
  {
    title: 'a late sign-out everywhere and a sign-in: what was signed in since stays',
    orders: 6,
    setUp: async () => {
      const { person, first, second } = await dueForRenewal(3, 'phone', 'tablet');
      const late = { askedAgoMs: 1_000 };
      return {
        person,
        actors: [person.logout(first.token, 'everywhere', late), person.login('laptop')],
        endedBy: { 0: [first.token, second.token] },
        atEnd: ([, login]) => expect(person.opens(tokenOf(login))).toBe(true),
      };
    },
  },
];
