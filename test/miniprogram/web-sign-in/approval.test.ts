import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SessionClient } from '../../../miniprogram/session/session-client';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { createApproval, type Approval } from '../../../miniprogram/web-sign-in/approval';
import { sessionInfo } from '../../support/fake-wx';

const MINUTE = 60_000;
const CODE = 'BCDFGHJK';
const ASKED_AT = Date.UTC(2026, 0, 15, 8);

let now: number;
let timers: { at: number; run: () => void }[];
let asked: string[];
let state: SessionState;
let reply: (action: string) => Promise<object>;
let approval: Approval;

const signedInBy = (id: string) =>
  ({ status: 'signedIn', session: sessionInfo(id) }) as unknown as SessionState;
const refused = (code: string, detail?: object) => ({
  ...{ ok: false, code, message: '', retryable: false },
  ...(detail && { detail }),
});
const useless = (reason: string) => refused('INVALID_INPUT', { field: 'userCode', reason });
const request = {
  site: { id: 'shop', name: '小店' },
  device: { name: 'Chrome', platform: 'windows' },
  createdAt: ASKED_AT,
  expiresAt: ASKED_AT + 5 * MINUTE,
};

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Moves the clock, and runs what was to run by then. */
async function pass(ms: number): Promise<void> {
  const end = now + ms;
  for (;;) {
    const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
    if (next === undefined) break;
    timers = timers.filter((timer) => timer !== next);
    now = next.at;
    next.run();
    await settle();
  }
  now = end;
}

beforeEach(() => {
  now = ASKED_AT + MINUTE;
  timers = [];
  asked = [];
  state = signedInBy('a');
  reply = (action) =>
    Promise.resolve(action === 'describe' ? { ok: true, request } : { ok: true, approved: true });
  const call = (_: string, { action }: { action: string }) => {
    asked.push(action);
    return reply(action);
  };
  const client = {
    call: call as unknown as SessionClient['call'],
    get state() {
      return state;
    },
  };
  const after = (ms: number, run: () => void) => {
    const timer = { at: now + ms, run };
    timers.push(timer);
    return () => void (timers = timers.filter((other) => other !== timer));
  };
  approval = createApproval(
    client,
    () => undefined,
    after,
    () => now,
  );
});

async function become(next: SessionState): Promise<void> {
  state = next;
  await approval.follow(next);
}

describe('a request that is shown', () => {
  test('says by itself that it has expired', async () => {
    await approval.open(CODE);
    await pass(4 * MINUTE - 1);
    expect(asked).toEqual(['describe']);
    reply = () => Promise.resolve(useless('expired'));
    await pass(1);
    expect(approval.state).toEqual({ status: 'useless', reason: 'expired' });
    expect(timers).toEqual([]);
  });

  test('is not taken for expired because the clock of the phone is ahead', async () => {
    now = ASKED_AT + 60 * MINUTE;
    await approval.open(CODE);
    await pass(MINUTE);
    expect([approval.state.status, asked]).toEqual([
      'asking',
      ['describe', 'describe', 'describe'],
    ]);
  });

  test('is looked at again in time where the clock of the phone is behind', async () => {
    now = ASKED_AT - 60 * MINUTE;
    await approval.open(CODE);
    reply = () => Promise.resolve(useless('expired'));
    await pass(5 * MINUTE);
    expect(approval.state).toEqual({ status: 'useless', reason: 'expired' });
  });

  test('stays when it could not be looked at again', async () => {
    await approval.open(CODE);
    reply = () => Promise.resolve(refused('UNAVAILABLE'));
    await pass(5 * MINUTE);
    expect(approval.state.status).toBe('asking');
  });

  test('is read again for another account, and gone from the screen with the session', async () => {
    await approval.open(CODE);
    await become({ status: 'signedOut' });
    expect(approval.state).toEqual({ status: 'signedOut', code: CODE });
    await become(signedInBy('b'));
    expect([approval.state.status, asked]).toEqual(['asking', ['describe', 'describe']]);
  });

  test('is not answered for another account than the one that saw it', async () => {
    await approval.open(CODE);
    reply = (action) => {
      if (action === 'describe') return Promise.resolve({ ok: true, request });
      state = signedInBy('b');
      return Promise.resolve(refused('SESSION_REPLACED'));
    };
    await approval.answer('approve');
    expect([approval.state.status, asked]).toEqual(['asking', ['describe', 'approve', 'describe']]);
  });

  test('runs nothing once the page is closed', async () => {
    await approval.open(CODE);
    approval.close();
    expect(timers).toEqual([]);
  });
});

test('an answer for a code that was given up is not shown', async () => {
  let answer: (reply: object) => void = () => undefined;
  reply = () => new Promise((resolve) => (answer = resolve));
  const opening = approval.open(CODE);
  await approval.open(undefined);
  answer({ ok: true, request });
  await opening;
  expect(approval.state.status).toBe('typing');
});
