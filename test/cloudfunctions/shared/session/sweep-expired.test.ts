import { ownAccount } from '../../../../cloudfunctions/shared/identity/account';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  timerEntry,
  type FunctionEnvironment,
} from '../../../../cloudfunctions/shared/session/function-entry';
import {
  defaultPolicy,
  SWEEP_BATCH_SIZE,
  SWEEP_BUDGET_MS,
} from '../../../../cloudfunctions/shared/session/session-policy';
import {
  StoreUnavailableError,
  type SessionStore,
} from '../../../../cloudfunctions/shared/session/session-store';
import { sessionId } from '../../../../cloudfunctions/shared/session/session-token';
import { sweepExpired } from '../../../../cloudfunctions/shared/session/sweep-expired';
import { memorySessionStore } from '../../../support/memory-session-store';
import { activeSession, AT } from '../../../support/sessions';

let store: SessionStore;
let now: number;
let batchTakesMs: number;
let source: string;
let logs: string[];

const sweep = () => {
  const environment: FunctionEnvironment = {
    getWXContext: () => ({ SOURCE: source }),
    store: {
      ...store,
      removeExpired: (at, limit) => {
        now += batchTakesMs;
        return store.removeExpired(at, limit);
      },
    },
    policy: defaultPolicy,
    now: () => new Date(now),
    log: (line) => void logs.push(line),
  };
  return timerEntry('sweep', environment, sweepExpired)({});
};

async function addExpired(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const owner = { openid: `o-${index}`, appid: 'wx-app' };
    await store.put(
      activeSession({ ...owner, id: sessionId(ownAccount(owner), 0), expiresAt: new Date(AT) }),
    );
  }
}

beforeEach(() => {
  store = memorySessionStore();
  now = AT;
  batchTakesMs = 1;
  source = 'wx_trigger';
  logs = [];
});

describe('the sweep', () => {
  test('removes what has expired, batch after batch, and reports how much', async () => {
    await addExpired(SWEEP_BATCH_SIZE * 2 + 5);
    expect(await sweep()).toEqual({ ok: true, removed: SWEEP_BATCH_SIZE * 2 + 5, complete: true });
    expect(JSON.parse(logs[0] ?? '')).toMatchObject({
      event: 'sweep',
      removed: 205,
      complete: true,
    });
    expect(await sweep()).toEqual({ ok: true, removed: 0, complete: true });
  });

  test('looks once more when a batch was full', async () => {
    await addExpired(SWEEP_BATCH_SIZE);
    expect(await sweep()).toEqual({ ok: true, removed: SWEEP_BATCH_SIZE, complete: true });
  });

  test('leaves a session that is live', async () => {
    const live = activeSession({ expiresAt: new Date(AT + 1_000) });
    await store.put(live);
    expect(await sweep()).toEqual({ ok: true, removed: 0, complete: true });
    expect(await store.find(live.id)).toEqual(live);
  });

  test('stops in time and says that there is more; the next run goes on', async () => {
    await addExpired(SWEEP_BATCH_SIZE * 3);
    batchTakesMs = SWEEP_BUDGET_MS;
    expect(await sweep()).toEqual({ ok: true, removed: SWEEP_BATCH_SIZE, complete: false });
    batchTakesMs = 1;
    expect(await sweep()).toEqual({ ok: true, removed: SWEEP_BATCH_SIZE * 2, complete: true });
  });

  test('that is cut short by the database is resumed by the next', async () => {
    await addExpired(SWEEP_BATCH_SIZE + 1);
    const { removeExpired } = store;
    let batches = 0;
    store.removeExpired = (at, limit) => {
      batches += 1;
      if (batches === 2)
        return Promise.reject(new StoreUnavailableError('remove', new Error('down')));
      return removeExpired(at, limit);
    };
    expect(await sweep()).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(await sweep()).toEqual({ ok: true, removed: 1, complete: true });
  });

  test.each(['wx_client', 'wx_trigger,scf', 'scf', ''])(
    'refuses a call from %j',
    async (caller) => {
      await addExpired(1);
      source = caller;
      expect(await sweep()).toMatchObject({ ok: false, code: 'NO_IDENTITY' });
      source = 'wx_trigger';
      expect(await sweep()).toMatchObject({ removed: 1 });
    },
  );
});
