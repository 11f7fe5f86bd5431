/** What people with several ways in may do, generated, and what goes wrong meanwhile. */
import fc from 'fast-check';
import type { Fault } from './faulty-session-store';

/** Two have one WeChat: devices 0 and 1. Some are in another mini program. */
export const DEVICES = 4;
export const PHONES = 2;
const DAY_MS = 86_400_000;
export const NAMES = ['lin', 'zhou', 'Qin'] as const;
export const PASSWORDS = ['correct horse', 'battery staple'] as const;

/** What goes wrong, or happens, in the middle of a call. */
export interface Meanwhile {
  fault?: Fault | undefined;
  /** What else happens, before which of its operations, counted from 1. */
  during?: { before: number; command: WaysInCommand } | undefined;
}

export type SignInBy =
  | { way: 'wechat' }
  | { way: 'phone'; phone: number }
  | { way: 'password'; name: string; password: string };

type OfDevice = Meanwhile & { device: number };

export type WaysInCommand =
  | { kind: 'advance'; ms: number }
  | { kind: 'policy'; methods: number; phoneOpensAccounts: boolean; sessionsPerUser: number }
  | (OfDevice &
      (
        | { kind: 'signIn'; by: SignInBy; again: boolean; replyIsLost: boolean }
        | { kind: 'linkPhone'; phone: number }
        | { kind: 'linkWechat' }
        | { kind: 'setPassword'; name: string; password: string }
        /** Which of the account's, or one of somebody else's. */
        | { kind: 'unlink'; index: number; ofDevice: number }
        | { kind: 'check' | 'list' }
        | { kind: 'logout'; scope: 'this' | 'others' | 'everywhere' }
        | { kind: 'delete' }
        /** Shows the token of another device. */
        | { kind: 'steal'; from: number }
      ));

const device = fc.integer({ min: 0, max: DEVICES - 1 });
const phone = fc.integer({ min: 0, max: PHONES - 1 });
const name = fc.constantFrom(...NAMES, NAMES[0], NAMES[0]);
const password = fc.constantFrom(...PASSWORDS, PASSWORDS[0], PASSWORDS[0]);
const kind = <Kind extends string>(...kinds: Kind[]) => fc.constantFrom(...kinds);

const oneIn = (n: number) => fc.integer({ min: 1, max: n }).map((drawn) => drawn === n);

/** One time in n. */
const sometimes = <T>(n: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: n - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const fault: fc.Arbitrary<Fault | undefined> = sometimes(
  6,
  fc.record({
    at: fc.integer({ min: 1, max: 8 }),
    kind: kind('timeout', 'crash'),
    when: kind('before', 'after'),
  }),
);

const signInBy: fc.Arbitrary<SignInBy> = fc.oneof(
  fc.record({ way: kind('wechat') }),
  fc.record({ way: kind('phone'), phone }),
  fc.record({ way: kind('password'), name, password }),
);

function base(during: fc.Arbitrary<Meanwhile['during']>): fc.Arbitrary<WaysInCommand> {
  const of = { device, fault, during };
  const weighted = (weight: number, arbitrary: fc.Arbitrary<WaysInCommand>) => ({
    weight,
    arbitrary,
  });
  return fc.oneof(
    weighted(
      8,
      fc.record({
        kind: kind('signIn'),
        by: signInBy,
        again: oneIn(4),
        replyIsLost: oneIn(8),
        ...of,
      }),
    ),
    weighted(4, fc.record({ kind: kind('linkPhone'), phone, ...of })),
    weighted(4, fc.record({ kind: kind('linkWechat'), ...of })),
    weighted(4, fc.record({ kind: kind('setPassword'), name, password, ...of })),
    weighted(
      6,
      fc.record({
        kind: kind('unlink'),
        index: fc.integer({ min: 0, max: 3 }),
        ofDevice: device,
        ...of,
      }),
    ),
    weighted(3, fc.record({ kind: kind('check', 'list'), ...of })),
    weighted(
      1,
      fc.record({ kind: kind('logout'), scope: kind('this', 'others', 'everywhere'), ...of }),
    ),
    weighted(1, fc.record({ kind: kind('delete'), ...of })),
    weighted(1, fc.record({ kind: kind('steal'), from: device, ...of })),
    weighted(
      2,
      fc.record({
        kind: kind('advance'),
        ms: fc.constantFrom(1, 1_000, 60_000, 60_000, 11 * 60_000, 5 * DAY_MS),
      }),
    ),
    weighted(
      1,
      fc.record({
        kind: kind('policy'),
        // Mostly all of them.
        methods: fc.constantFrom(3, 3, 3, 3, 3, 2, 1, 0),
        phoneOpensAccounts: fc.boolean(),
        sessionsPerUser: fc.constantFrom(1, 2, 3, 16),
      }),
    ),
  );
}

/** Some calls have another in their middle, which has none. */
export const waysInCommands: fc.Arbitrary<WaysInCommand> = base(
  sometimes(
    4,
    fc.record({
      before: fc.integer({ min: 1, max: 8 }),
      command: base(fc.constant(undefined)),
    }),
  ),
);
