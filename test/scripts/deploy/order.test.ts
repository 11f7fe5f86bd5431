/** A changed limit of sessions on its way through the functions: no issued session is refused. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { inOrder, limitConflict, limitIn, type Changing } from '../../../scripts/deploy/order';
import { readResources } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';

const { functions } = readResources(`${root}/cloudfunctions/resources.json`);
const CHECKING = functions.filter(({ sessions }) => sessions === 'checks').map(({ name }) => name);

const variablesOf = (limit: number | undefined): Record<string, string> =>
  limit === undefined ? {} : { SESSIONS_PER_USER: String(limit) };
const changingAll = (before: number | undefined, after: number | undefined): Changing[] =>
  functions.map((resource) => ({
    resource,
    before: variablesOf(before),
    after: variablesOf(after),
  }));

/** Who refuses what another may issue. */
function refusals(all: readonly Changing[], limits: ReadonlyMap<string, number>): string[] {
  const limitOf = ({ resource }: Changing): number => limits.get(resource.name) ?? 0;
  return all
    .filter(({ resource }) => resource.sessions !== 'issues')
    .flatMap((checking) =>
      all
        .filter(
          (issuing) =>
            issuing.resource.sessions !== 'checks' &&
            issuing.resource.name !== checking.resource.name &&
            limitOf(checking) > 0 &&
            limitOf(issuing) > limitOf(checking),
        )
        .map((issuing) => `${checking.resource.name} < ${issuing.resource.name}`),
    );
}

describe('the order', () => {
  test('of a rise: what checks, then the gateway, then login', () => {
    expect(inOrder(changingAll(undefined, 3))).toEqual([CHECKING, ['gateway'], ['login']]);
    expect(inOrder(changingAll(2, 3))).toEqual([CHECKING, ['gateway'], ['login']]);
  });

  test('of a fall: login, then the gateway, then what checks', () => {
    expect(inOrder(changingAll(3, undefined))).toEqual([['login'], ['gateway'], CHECKING]);
    expect(inOrder(changingAll(3, 2))).toEqual([['login'], ['gateway'], CHECKING]);
  });

  test('refuses nobody at any moment, from whatever an interrupted one has left', () => {
    const limit = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(
        // What checks accepted all that was issued, before.
        fc.record({
          login: limit,
          gateway: limit,
          checking: fc.array(limit, { minLength: 6, maxLength: 6 }),
          to: limit,
        }),
        ({ login, gateway, checking, to }) => {
          const least = Math.max(login, gateway);
          const before = (name: string): number =>
            name === 'login'
              ? Math.min(login, gateway)
              : name === 'gateway'
                ? gateway
                : Math.max(least, checking[CHECKING.indexOf(name)] ?? 0);
          const all = functions.map((resource) => ({
            resource,
            before: variablesOf(before(resource.name)),
            after: variablesOf(to),
          }));
          const limits = new Map(
            all.map(({ resource, before }) => [resource.name, limitIn(before)]),
          );
          expect(refusals(all, limits)).toEqual([]);
          for (const group of inOrder(all)) {
            // Those of a group are done in any order.
            for (const order of [group, [...group].reverse()]) {
              const under = new Map(limits);
              for (const name of order) {
                under.set(name, to);
                expect(refusals(all, under)).toEqual([]);
              }
            }
            for (const name of group) limits.set(name, to);
          }
          expect([...limits.values()].every((reached) => reached === to)).toBe(true);
        },
      ),
      { seed: 14, numRuns: 300 },
    );
  });
});

describe('a change of the limit', () => {
  const gateway = functions.filter(({ name }) => name === 'gateway');
  const left = (limit: number): Changing[] =>
    gateway.map((resource) => ({
      resource,
      before: variablesOf(limit),
      after: variablesOf(limit),
    }));
  const withoutGateway = (before: number, after: number): Changing[] =>
    changingAll(before, after).filter(({ resource }) => resource.name !== 'gateway');

  test('is refused where a function that stays as it is would refuse what is issued', () => {
    expect(limitConflict(withoutGateway(1, 3), left(1))).toContain(
      'login would let a person hold 3 sessions, and gateway would accept fewer',
    );
    expect(limitConflict(withoutGateway(3, 1), left(3))).toContain(
      'gateway would let a person hold 3 sessions, and logout, session',
    );
  });

  test('is refused where a new function would not have it', () => {
    const [login, note] = ['login', 'note'].map((name) =>
      functions.find((one) => one.name === name),
    );
    if (login === undefined || note === undefined) throw new Error('no functions');
    const changing = [
      { resource: login, before: variablesOf(3), after: variablesOf(3) },
      { resource: note, before: undefined, after: {} },
    ];
    expect(limitConflict(changing, [])).toContain('note would accept fewer');
  });

  test('is fine where all have it, and what is not touched is not refused', () => {
    expect(limitConflict(changingAll(1, 3), [])).toBeUndefined();
    expect(limitConflict(withoutGateway(1, 3), left(3))).toBeUndefined();
    expect(limitConflict(withoutGateway(3, 3), left(1))).toBeUndefined();
  });
});
