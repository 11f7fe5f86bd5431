/** Two or three calls at once, in every order in which their database operations can take place. */
import { describe, expect, test } from '@jest/globals';
import { exploreSchedules } from '../../support/promises/explore-schedules';
import { replyOf, scheduleCases, type Case } from './schedule-cases';

/**
 * (b) after every operation, (a) and (c) from every acknowledgement on. Resolves to how many orders
 * there are.
 */
function explore(setUp: () => Promise<Case>, crashes: boolean): Promise<number> {
  return exploreSchedules(
    async () => {
      const { person, actors, endedBy = {}, atEnd } = await setUp();
      return {
        store: person.store,
        actors,
        afterStep(answers) {
          // This runs a hundred thousand times: `expect`, which is slow, is for failures only.
          const live = person.live();
          if (live > person.sessionsPerUser)
            expect(live).toBeLessThanOrEqual(person.sessionsPerUser);
          for (const [actor, tokens] of Object.entries(endedBy)) {
            if (replyOf(answers[Number(actor)])['ok'] !== true) continue;
            const opening = tokens.filter((token) => person.mayOpen(token));
            if (opening.length > 0) expect(opening).toEqual([]);
          }
        },
        atEnd(answers) {
          if (!crashes) atEnd?.(answers);
        },
      };
    },
    { crashes },
  );
}

describe('in every order', () => {
  test.each(scheduleCases)('$title', async ({ setUp, orders }) => {
    expect(await explore(setUp, false)).toBeGreaterThanOrEqual(orders);
  });
});

describe('in every order, with any one function killed at any of its operations', () => {
  test.each(scheduleCases)('$title', async ({ setUp, orders }) => {
    expect(await explore(setUp, true)).toBeGreaterThan(orders);
  });
});
