/** Signing in a web page, and what else goes on, in every order of their database operations. */
import { describe, expect, test } from '@jest/globals';
import { accountOf } from '../../../cloudfunctions/shared/session/session';
import { exploreSchedules } from '../../support/promises/explore-schedules';
import { cheapPasswords } from '../../support/promises/ways-in-world';
import { pageToken, valueOf, webCases, type WebCase } from './web-sign-in-schedule-cases';

/** All orders take minutes: `ALL_ORDERS=1 npx jest web-sign-in-schedules`. */
const isThorough = process.env['ALL_ORDERS'] !== undefined;
const LONG_MS = 30 * 60_000;

cheapPasswords();

function explore(setUp: () => Promise<WebCase>, crashes: boolean): Promise<number> {
  return exploreSchedules(
    async () => {
      const { world, actors, ends, endsTold, phones = [], atEnd } = await setUp();
      return {
        store: world.stores.store,
        actors,
        // `expect`, which is slow, is for failures only.
        afterStep(answers) {
          const web = [...world.sessions.values()].filter(({ client }) => client !== undefined);
          for (const account of new Set(web.map(accountOf))) {
            const live = world.liveWebSessions(account).length;
            const allowed = world.policy.webSessionsPerUser;
            if (live > allowed) expect(live).toBeLessThanOrEqual(allowed);
          }
          const tokens = answers.flatMap((answer) => pageToken(answer) ?? []);
          if (tokens.length > world.grants.size) {
            expect(tokens.length).toBeLessThanOrEqual(world.grants.size);
          }
          const out = phones.filter((token) => !world.isActive(token));
          if (out.length > 0) expect(out).toEqual([]);
          const isOk = (actor?: number): boolean =>
            actor !== undefined && valueOf(answers[actor])['ok'] === true;
          const isIn = isOk(ends)
            ? web.some(({ state }) => state === 'active')
            : isOk(endsTold) && tokens.some((token) => world.isActive(token));
          if (isIn) expect(answers).toBe('and no page is signed in');
        },
        atEnd(answers) {
          if (!crashes) atEnd?.(answers);
        },
      };
    },
    { crashes, ...(!isThorough && { interruptions: crashes ? 1 : 3 }) },
  );
}

describe('whichever interrupts the other', () => {
  test.each(webCases)(
    '$title',
    async ({ setUp }) => {
      expect(await explore(setUp, false)).toBeGreaterThan(5);
    },
    LONG_MS,
  );
});

describe('with any one function killed at any of its operations', () => {
  test.each(webCases)(
    '$title',
    async ({ setUp }) => {
      expect(await explore(setUp, true)).toBeGreaterThan(10);
    },
    LONG_MS,
  );
});
