/** Two calls about one way in, in every order in which their database operations can take place. */
import { describe, expect, test } from '@jest/globals';
import { accountOf, type Session } from '../../../cloudfunctions/shared/session/session';
import { cameInBy } from '../../../cloudfunctions/shared/session/way-in';
import { exploreSchedules, type Answer } from '../../support/promises/explore-schedules';
import { cheapPasswords, type WaysInWorld } from '../../support/promises/ways-in-world';
import { codesOf, replyOf, waysInCases, type WaysInCase } from './ways-in-schedule-cases';

/** All orders take minutes: `ALL_ORDERS=1 npx jest ways-in-schedules`. */
const isThorough = process.env['ALL_ORDERS'] !== undefined;
const LONG_MS = 30 * 60_000;

cheapPasswords();

/** Sessions that somebody was told of, and that no way in has led to. */
function unfounded(world: WaysInWorld, answers: readonly Answer[]): Session[] {
  return answers.flatMap((answer) => {
    const token = replyOf(answer)['sessionToken'];
    const session = typeof token === 'string' ? world.stored(token) : undefined;
    const isFounded = session === undefined || world.leadsInto(session) === accountOf(session);
    return session?.state === 'active' && !isFounded ? [session] : [];
  });
}

function explore(setUp: () => Promise<WaysInCase>, crashes: boolean): Promise<number> {
  return exploreSchedules(
    async () => {
      const { world, actors, keeps = [], ends, atEnd } = await setUp();
      return {
        store: world.stores.store,
        actors,
        // `expect`, which is slow, is for failures only.
        afterStep(answers) {
          for (const account of keeps) {
            if (!world.canBeEntered(account)) expect(`nobody gets into ${account}`).toBe('');
          }
          const isEnded = ends !== undefined && replyOf(answers[ends])['ok'] === true;
          if (!isEnded) return;
          const left = unfounded(world, answers);
          if (left.length > 0) expect(left.map(cameInBy)).toEqual([]);
        },
        atEnd(answers) {
          if (crashes) return;
          expect(unfounded(world, answers)).toEqual([]);
          atEnd?.(answers, codesOf(answers));
        },
      };
    },
    { crashes, ...(!isThorough && { interruptions: crashes ? 1 : 3 }) },
  );
}

describe('whichever interrupts the other', () => {
  test.each(waysInCases)(
    '$title',
    async ({ setUp }) => {
      expect(await explore(setUp, false)).toBeGreaterThan(10);
    },
    LONG_MS,
  );
});

describe('with any one function killed at any of its operations', () => {
  test.each(waysInCases)(
    '$title',
    async ({ setUp }) => {
      expect(await explore(setUp, true)).toBeGreaterThan(100);
    },
    LONG_MS,
  );
});
