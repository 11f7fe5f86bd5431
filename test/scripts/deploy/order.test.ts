/** A changed policy on its way through the functions: no issued session is refused. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  accepts,
  inOrder,
  policyConflict,
  termsOf,
  type Changing,
  type Terms,
} from '../../../scripts/deploy/order';
import { readResources, type FunctionResource } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';

const { functions } = readResources(`${root}/cloudfunctions/resources.json`);
const namesOf = (kind: FunctionResource['sessions']): string[] =>
  functions.filter(({ sessions }) => sessions === kind).map(({ name }) => name);
const [ISSUING, BOTH, CHECKING] = [namesOf('issues'), namesOf('both'), namesOf('checks')];

type Policy = { limit?: number; methods?: string };

const variablesOf = ({ limit, methods }: Policy): Record<string, string> => ({
  ...(limit !== undefined && { SESSIONS_PER_USER: String(limit) }),
  ...(methods !== undefined && { SIGN_IN_METHODS: methods }),
});
const changingAll = (before: Policy, after: Policy): Changing[] =>
  functions.map((resource) => ({
    resource,
    before: variablesOf(before),
    after: variablesOf(after),
  }));

/** Who refuses what another may issue. */
function refusals(all: readonly Changing[], terms: ReadonlyMap<string, Terms>): string[] {
  const of = ({ resource }: Changing): Terms =>
    terms.get(resource.name) ?? { limit: 0, methods: [] };
  return all
    .filter(({ resource }) => resource.sessions !== 'issues')
    .flatMap((checking) =>
      all
        .filter(
          (issuing) =>
            issuing.resource.sessions !== 'checks' &&
            issuing.resource.name !== checking.resource.name &&
            of(checking).limit > 0 &&
            !accepts(of(checking), of(issuing)),
        )
        .map((issuing) => `${checking.resource.name} < ${issuing.resource.name}`),
    );
}

describe('the order', () => {
  test.each<[string, Policy, Policy]>([
    ['a rise of the limit', {}, { limit: 3 }],
    ['another rise', { limit: 2 }, { limit: 3 }],
    ['a way in that is added', {}, { methods: 'wechat,phone' }],
    ['both', { methods: 'wechat,phone' }, { limit: 2, methods: 'phone,password,wechat' }],
  ])('of %s: what checks, then the gateway, then what signs in', (_, before, after) => {
    expect(inOrder(changingAll(before, after))).toEqual([CHECKING, BOTH, ISSUING]);
  });

  test.each<[string, Policy, Policy]>([
    ['a fall of the limit', { limit: 3 }, {}],
    ['another fall', { limit: 3 }, { limit: 2 }],
    ['a way in that is taken away', { methods: 'wechat,phone' }, {}],
    ['both', { limit: 2, methods: 'wechat,phone,password' }, { methods: 'wechat,phone' }],
  ])('of %s: what signs in, then the gateway, then what checks', (_, before, after) => {
    expect(inOrder(changingAll(before, after))).toEqual([ISSUING, BOTH, CHECKING]);
  });

  test('refuses nobody at any moment, from whatever an interrupted one has left', () => {
    const WAYS = ['wechat', 'wechat,phone', 'wechat,phone,password'];
    const policy = fc.record({ limit: fc.integer({ min: 1, max: 4 }), way: fc.nat(2) });
    type Drawn = { limit: number; way: number };
    const most = (...all: Drawn[]): Drawn => ({
      limit: Math.max(...all.map(({ limit }) => limit)),
      way: Math.max(...all.map(({ way }) => way)),
    });
    const written = ({ limit, way }: Drawn): Record<string, string> =>
      variablesOf({ limit, methods: WAYS[way] ?? '' });
    let tried = 0;
    fc.assert(
      fc.property(
        // What checks accepted all that was issued, before.
        fc.record({
          issuing: policy,
          gateway: policy,
          checking: fc.array(policy, {
            minLength: CHECKING.length,
            maxLength: CHECKING.length,
          }),
          to: policy,
        }),
        ({ issuing, gateway, checking, to }) => {
          const before = ({ name, sessions }: Changing['resource']): Drawn => {
            if (sessions === 'issues') return issuing;
            if (sessions === 'both') return most(issuing, gateway);
            return most(issuing, gateway, checking[CHECKING.indexOf(name)] ?? issuing);
          };
          const all = functions.map((resource) => ({
            resource,
            before: written(before(resource)),
            after: written(to),
          }));
          const terms = new Map(
            all.map(({ resource, before }) => [resource.name, termsOf(before)]),
          );
          expect(refusals(all, terms)).toEqual([]);
          if (policyConflict(all, []) !== undefined) return;
          tried += 1;
          for (const group of inOrder(all)) {
            // Those of a group are done in any order.
            for (const order of [group, [...group].reverse()]) {
              const under = new Map(terms);
              for (const name of order) {
                under.set(name, termsOf(written(to)));
                expect(refusals(all, under)).toEqual([]);
              }
            }
            for (const name of group) terms.set(name, termsOf(written(to)));
          }
          expect([...terms.values()]).toEqual(functions.map(() => termsOf(written(to))));
        },
      ),
      { seed: 14, numRuns: 600 },
    );
    expect(tried).toBeGreaterThan(100);
  });
});

describe('a change of the policy', () => {
  const gateway = functions.filter(({ name }) => name === 'gateway');
  const left = (policy: Policy): Changing[] =>
    gateway.map((resource) => ({
      resource,
      before: variablesOf(policy),
      after: variablesOf(policy),
    }));
  const withoutGateway = (before: Policy, after: Policy): Changing[] =>
    changingAll(before, after).filter(({ resource }) => resource.name !== 'gateway');

  test('is refused where a function that stays as it is would refuse what is issued', () => {
    expect(
      policyConflict(withoutGateway({ limit: 1 }, { limit: 3 }), left({ limit: 1 })),
    ).toContain(
      'login would let a person hold 3 sessions, and gateway would accept fewer: put SESSIONS_PER_USER',
    );
    expect(
      policyConflict(withoutGateway({ limit: 3 }, { limit: 1 }), left({ limit: 3 })),
    ).toContain('gateway would let a person hold 3 sessions, and logout, session');
    expect(policyConflict(withoutGateway({}, { methods: 'wechat,phone' }), left({}))).toContain(
      'login would let people in by wechat, phone, and gateway would accept fewer ways: put SIGN_IN_METHODS',
    );
  });

  test('is refused where no order of the functions would sign nobody out', () => {
    const conflict = policyConflict(
      changingAll({ methods: 'wechat,phone' }, { limit: 2, methods: 'wechat' }),
      [],
    );
    expect(conflict).toContain('change SESSIONS_PER_USER and SIGN_IN_METHODS one after the other');
  });

  test('is refused where a new function would not have it', () => {
    const [login, note] = ['login', 'note'].map((name) =>
      functions.find((one) => one.name === name),
    );
    if (login === undefined || note === undefined) throw new Error('no functions');
    const changing = [
      { resource: login, before: variablesOf({ limit: 3 }), after: variablesOf({ limit: 3 }) },
      { resource: note, before: undefined, after: {} },
    ];
    expect(policyConflict(changing, [])).toContain('note would accept fewer');
  });

  test('is fine where all have it, and what is not touched is not refused', () => {
    expect(policyConflict(changingAll({ limit: 1 }, { limit: 3 }), [])).toBeUndefined();
    expect(
      policyConflict(withoutGateway({ limit: 1 }, { limit: 3 }), left({ limit: 3 })),
    ).toBeUndefined();
    expect(
      policyConflict(withoutGateway({ limit: 3 }, { limit: 3 }), left({ limit: 1 })),
    ).toBeUndefined();
    expect(policyConflict(changingAll({}, { methods: 'wechat' }), [])).toBeUndefined();
  });
});
