/** What may happen around web pages that sign in by a phone, generated. */
import type { SessionPolicy } from '#functions/testing';
import fc from 'fast-check';
import { PEOPLE, policies, type Person } from './session-commands';

/** At which database operation of the call something goes wrong, counted from 1. */
export interface WebFault {
  at: number;
  /** Whether the operation took place. */
  when: 'before' | 'after';
}

/** Tokens and pages by their place among those there are, newest first. */
export type WebCommand =
  | { kind: 'login'; person: Person }
  | { kind: 'ask' }
  /** All of it: a page asks, the phone approves, the page comes. */
  | { kind: 'letIn'; phone: number }
  | { kind: 'approve' | 'deny'; phone: number; page: number; fault: WebFault | undefined }
  /** `isLost`: the answer never reaches the page. */
  | { kind: 'poll'; page: number; fault: WebFault | undefined; isLost: boolean }
  | { kind: 'check'; on: 'phone' | 'web'; token: number }
  | {
      kind: 'logout';
      on: 'phone' | 'web';
      token: number;
      scope: 'this' | 'others' | 'everywhere';
    }
  /** Ends the session of another token. */
  | { kind: 'end'; token: number; on: 'phone' | 'web'; target: number }
  | { kind: 'limit'; webSessionsPerUser: number }
  | { kind: 'advance'; by: 'millisecond' | 'renewal' | 'idle' | 'absolute' | 'expiry' };

const limits = fc.constantFrom(1, 1, 2, 3);

export const webPolicies: fc.Arbitrary<SessionPolicy> = fc
  .record({
    policy: policies,
    webSessionsPerUser: limits,
    renewals: fc.integer({ min: 1, max: 10 }),
    more: fc.integer({ min: 0, max: 150 }),
  })
  .map(({ policy, webSessionsPerUser, renewals, more }) => ({
    ...policy,
    // Phones stay signed in longer than pages, as a rule.
    renewAfterMs: policy.renewAfterMs * 10,
    idleLifetimeMs: policy.idleLifetimeMs * 10,
    absoluteLifetimeMs: policy.absoluteLifetimeMs * 10,
    webSessionsPerUser,
    // Whole milliseconds between two renewals.
    webIdleLifetimeMs: renewals * 8,
    webAbsoluteLifetimeMs: renewals * 8 + more,
  }));

const index = fc.integer({ min: 0, max: 3 });
const on = fc.constantFrom('phone' as const, 'web' as const);
const faults: fc.Arbitrary<WebFault | undefined> = fc.option(
  fc.record({
    at: fc.integer({ min: 1, max: 3 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  { nil: undefined, freq: 3 },
);
const weighted = (weight: number, arbitrary: fc.Arbitrary<WebCommand>) => ({ weight, arbitrary });

export const webCommands: fc.Arbitrary<WebCommand> = fc.oneof(
  weighted(
    4,
    fc.record({ kind: fc.constant('login' as const), person: fc.constantFrom(...PEOPLE) }),
  ),
  weighted(3, fc.record({ kind: fc.constant('ask' as const) })),
  weighted(8, fc.record({ kind: fc.constant('letIn' as const), phone: index })),
  weighted(
    6,
    fc.record({
      kind: fc.constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'deny'),
      phone: index,
      page: index,
      fault: faults,
    }),
  ),
  weighted(
    8,
    fc.record({
      kind: fc.constant('poll' as const),
      page: index,
      fault: faults,
      isLost: fc.constantFrom(false, false, false, true),
    }),
  ),
  weighted(8, fc.record({ kind: fc.constant('check' as const), on, token: index })),
  weighted(
    2,
    fc.record({
      kind: fc.constant('logout' as const),
      on,
      token: index,
      scope: fc.constantFrom('this' as const, 'others' as const, 'everywhere' as const),
    }),
  ),
  weighted(1, fc.record({ kind: fc.constant('end' as const), token: index, on, target: index })),
  weighted(1, fc.record({ kind: fc.constant('limit' as const), webSessionsPerUser: limits })),
  weighted(
    3,
    fc.record({
      kind: fc.constant('advance' as const),
      by: fc.constantFrom(
        ...Array.from({ length: 8 }, () => 'millisecond' as const),
        ...Array.from({ length: 8 }, () => 'renewal' as const),
        'idle' as const,
        'idle' as const,
        'absolute' as const,
        'expiry' as const,
      ),
    }),
  ),
);
