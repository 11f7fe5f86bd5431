/**
 * Promises (a), (c) and (d) on a bad day: clocks that differ and move while a call is under way,
 * limits that differ between instances, calls in the middle of others, lost replies.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { UnrulyCloud, type Instance } from '../../support/promises/unruly-cloud';
import { DEVICES, unrulyCommands } from '../../support/promises/unruly-commands';

const { UNRULY_RUNS = '600', SOAK_SEED = '20260115' } = process.env;
const parameters = { numRuns: Number(UNRULY_RUNS), seed: Number(SOAK_SEED) };
const LONG_MS = 10 * 60_000;

const lifetimes = { renewAfterMs: 8, idleLifetimeMs: 20, absoluteLifetimeMs: 70 };
const history = fc.array(unrulyCommands, { minLength: 1, maxLength: 40, size: 'max' });

const instancesOf = (sessionsPerUser: fc.Arbitrary<number>): fc.Arbitrary<Instance[]> =>
  fc.array(fc.record({ skewMs: fc.integer({ min: -6, max: 6 }), sessionsPerUser }), {
    minLength: 3,
    maxLength: 3,
  });

test(
  'what was acknowledged as ended opens nothing any more, and nothing outlives its absolute end',
  async () => {
    const property = fc.asyncProperty(
      instancesOf(fc.constantFrom(1, 2, 3, 16)),
      history,
      async (instances, commands) => {
        const cloud = new UnrulyCloud({ ...defaultPolicy, ...lifetimes }, instances, DEVICES);
        for (const command of commands) {
          await cloud.run(command);
          cloud.verify();
          expect(cloud.broken).toEqual([]);
        }
      },
    );
    await fc.assert(property, parameters);
  },
  LONG_MS,
);

test(
  'with room for all of their devices, a person is signed out by nothing that they did not do',
  async () => {
    const property = fc.asyncProperty(
      instancesOf(fc.constant(DEVICES)),
      history,
      async (instances, commands) => {
        const cloud = new UnrulyCloud(defaultPolicy, instances, DEVICES);
        for (const command of commands) await cloud.run(command);
        expect(cloud.surprised).toEqual([]);
      },
    );
    await fc.assert(property, parameters);
  },
  LONG_MS,
);
