/** Calls that meet an instance which has ended, and what is kept of results. */
import { expect, test } from '@jest/globals';
import { createCallLog } from '../../../../scripts/local-cloud/environment/call-log';
import { createClock } from '../../../../scripts/local-cloud/environment/clock';
import { createFaults } from '../../../../scripts/local-cloud/environment/faults';
import { callFunction } from '../../../../scripts/local-cloud/functions/call-function';
import type { CallReply } from '../../../../scripts/local-cloud/functions/call-reply';
import { DEFAULT_CONFIG } from '../../../../scripts/local-cloud/functions/function-config';
import type { InstanceOutcome } from '../../../../scripts/local-cloud/functions/function-instance';
import type { Lease } from '../../../../scripts/local-cloud/functions/function-pool';

const files = { ...DEFAULT_CONFIG, name: 'f', main: '/f/index.js', shownFolder: 'f' };
const returned = (json: string): InstanceOutcome => ({ kind: 'returned', json });

/** Calls a function whose instances answer this, one after the other. */
async function call(
  outcomes: readonly InstanceOutcome[],
  summarise?: (result: unknown) => object,
): Promise<{ reply: CallReply; kept: unknown; instance: number; released: number }> {
  let leased = 0;
  let released = 0;
  const lease = (): Promise<Lease> => {
    const id = ++leased;
    const invoke = (): Promise<InstanceOutcome> =>
      Promise.resolve(outcomes[id - 1] ?? returned('"one too many"'));
    const instance = {
      id,
      alive: true,
      isCurrent: () => true,
      invoke,
      kill: () => Promise.resolve(),
    };
    return Promise.resolve({ files, instance, cold: id > 1, release: () => void (released += 1) });
  };
  const calls = createCallLog();
  const reply = await callFunction(
    {
      pool: { lease, killInstances: () => Promise.resolve() },
      clock: createClock(),
      faults: createFaults(),
      calls,
      environmentId: 'local',
      onLog: () => undefined,
      summarise,
    },
    'f',
    { source: 'wx_client' },
    {},
  );
  const [record] = calls.since(0).calls;
  return { reply, kept: record?.result, instance: record?.instance ?? 0, released };
}

test('a call that was not begun is given to another instance', async () => {
  const { reply, instance, released } = await call([
    { kind: 'notBegun' },
    { kind: 'notBegun' },
    returned('1'),
  ]);
  expect(reply).toMatchObject({ json: '1', errMsg: 'cloud.callFunction:ok' });
  expect([instance, released]).toEqual([3, 3]);
});

test('a call that no instance begins fails in the end', async () => {
  const never = Array.from({ length: 9 }, (): InstanceOutcome => ({ kind: 'notBegun' }));
  expect((await call(never)).reply).toMatchObject({ errCode: -504002 });
});

test('a call that crashed is not repeated: it may have done something', async () => {
  const failure = { text: 'gone', headline: 'gone' };
  const { reply, released } = await call([{ kind: 'crashed', failure }, returned('1')]);
  expect(reply).toMatchObject({ errCode: -504002, errMsg: expect.stringContaining('gone') });
  expect(released).toBe(1);
});

test('nothing of a result is kept, unless it is asked for', async () => {
  expect((await call([returned('{"secret":1}')])).kept).toBeUndefined();
  const summarise = (result: unknown): object => ({ keys: Object.keys(result as object) });
  expect((await call([returned('{"secret":1}')], summarise)).kept).toEqual({ keys: ['secret'] });
});
