/** What may happen on a bad day, generated. */
import fc from 'fast-check';

interface Served {
  /** Which instance serves it. */
  instance: number;
  /** By `wx.cloud.callFunction`, or to the gateway. */
  over: 'call' | 'http';
  /** What happens in its middle, before which of its database operations, counted from 1. */
  during?: { before: number; command: UnrulyCommand } | undefined;
}

export type UnrulyCommand =
  | { kind: 'advance'; ms: number }
  | (Served &
      (
        | { kind: 'signIn'; device: number; replyIsLost: boolean }
        | { kind: 'check'; device: number }
        | {
            kind: 'logout';
            device: number;
            scope: 'this' | 'others' | 'everywhere';
            askedAgoMs: number;
          }
        | { kind: 'revoke'; device: number; back: number }
        /** A backend ends the session of a token, or asks whether it is good. */
        | { kind: 'revokeToken' | 'introspect'; back: number }
        | { kind: 'sweep' }
      ));

export const DEVICES = 3;
const device = fc.integer({ min: 0, max: DEVICES - 1 });
const instance = fc.integer({ min: 0, max: 2 });

const base = (during: fc.Arbitrary<Served['during']>): fc.Arbitrary<UnrulyCommand> => {
  const served = {
    instance,
    during,
    over: fc.constantFrom('call' as const, 'call' as const, 'http' as const),
  };
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        ms: fc.constantFrom(1, 3, 10, 30),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('signIn' as const),
        device,
        replyIsLost: fc.boolean(),
        ...served,
      }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('check' as const), device, ...served }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('logout' as const),
        device,
        scope: fc.constantFrom('this' as const, 'others' as const, 'everywhere' as const),
        askedAgoMs: fc.constantFrom(0, 0, 0, 5, 40),
        ...served,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('revoke' as const),
        device,
        back: fc.integer({ min: 0, max: 5 }),
        ...served,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('revokeToken' as const, 'introspect' as const),
        back: fc.integer({ min: 0, max: 5 }),
        ...served,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const), ...served }) },
  );
};

const never = fc.constant(undefined);

export const unrulyCommands: fc.Arbitrary<UnrulyCommand> = base(
  fc.option(fc.record({ before: fc.integer({ min: 1, max: 3 }), command: base(never) }), {
    nil: undefined,
    freq: 2,
  }),
);
