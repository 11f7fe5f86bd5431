/** What may happen, generated: who does what, with which token, and what goes wrong meanwhile. */
import { type SessionPolicy, defaultPolicy } from '#functions/testing';
import fc from 'fast-check';
import type { Fault } from './faulty-session-store';

export const PEOPLE = ['lin', 'zhou'] as const;
export type Person = (typeof PEOPLE)[number];

/**
 * A token by its place among those given out so far, newest first; somebody may show one that is
 * not theirs.
 */
export interface TokenChoice {
  back: number;
  shownBy: 'owner' | 'stranger' | 'garbage';
}

export type Command =
  | {
      kind: 'login';
      person: Person;
      device: string;
      held: TokenChoice | undefined;
      /** Which of a few attempts it is; one that was made before is a repetition. */
      attempt: number | undefined;
      fault: Fault | undefined;
    }
  | { kind: 'check' | 'list'; token: TokenChoice; fault: Fault | undefined }
  | { kind: 'revoke'; token: TokenChoice; target: TokenChoice; fault: Fault | undefined }
  | {
      kind: 'logout';
      token: TokenChoice;
      scope: 'this' | 'others' | 'everywhere';
      /** How long ago the person asked. */
      askedAgoMs: number;
      fault: Fault | undefined;
    }
  /** A deployment with another number of sessions a person. */
  | { kind: 'limit'; sessionsPerUser: number }
  | { kind: 'sweep'; fault: Fault | undefined }
  | { kind: 'advance'; by: 'millisecond' | 'renewal' | 'almostIdle' | 'idle' | 'absolute' };

const limits = fc.constantFrom(1, 1, 2, 3, 4, 16);

export const policies: fc.Arbitrary<SessionPolicy> = fc
  .record({
    sessionsPerUser: limits,
    renewAfterMs: fc.integer({ min: 1, max: 20 }),
    idleMore: fc.integer({ min: 1, max: 50 }),
    absoluteMore: fc.integer({ min: 0, max: 150 }),
  })
  .map(({ sessionsPerUser, renewAfterMs, idleMore, absoluteMore }) => ({
    ...defaultPolicy,
    sessionsPerUser,
    renewAfterMs,
    idleLifetimeMs: renewAfterMs + idleMore,
    absoluteLifetimeMs: renewAfterMs + idleMore + absoluteMore,
  }));

const faults: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.record({
    at: fc.integer({ min: 1, max: 3 }),
    kind: fc.constantFrom('timeout' as const, 'crash' as const),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  { nil: undefined, freq: 4 },
);

const tokens: fc.Arbitrary<TokenChoice> = fc.record({
  back: fc.integer({ min: 0, max: 6 }),
  shownBy: fc.constantFrom(
    'owner',
    'owner',
    'owner',
    'owner',
    'owner',
    'owner',
    'stranger',
    'garbage',
  ),
});

const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });

export const commands: fc.Arbitrary<Command> = fc.oneof(
  weighted(
    5,
    fc.record({
      kind: fc.constant('login' as const),
      person: fc.constantFrom(...PEOPLE),
      device: fc.constantFrom('phone', 'tablet', 'laptop'),
      held: fc.option(tokens, { nil: undefined, freq: 2 }),
      attempt: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 2 }),
      fault: faults,
    }),
  ),
  weighted(
    5,
    fc.record({
      kind: fc.constantFrom('check' as const, 'check' as const, 'list' as const),
      token: tokens,
      fault: faults,
    }),
  ),
  weighted(
    3,
    fc.record({
      kind: fc.constant('revoke' as const),
      token: tokens,
      target: tokens,
      fault: faults,
    }),
  ),
  weighted(
    3,
    fc.record({
      kind: fc.constant('logout' as const),
      token: tokens,
      scope: fc.constantFrom('this' as const, 'others' as const, 'everywhere' as const),
      askedAgoMs: fc.constantFrom(0, 0, 1, 10, 40, 1e15),
      fault: faults,
    }),
  ),
  weighted(1, fc.record({ kind: fc.constant('sweep' as const), fault: faults })),
  weighted(1, fc.record({ kind: fc.constant('limit' as const), sessionsPerUser: limits })),
  weighted(
    3,
    fc.record({
      kind: fc.constant('advance' as const),
      by: fc.constantFrom(
        'millisecond',
        'millisecond',
        'renewal',
        'renewal',
        'almostIdle',
        'idle',
        'absolute',
      ),
    }),
  ),
);
