/** Which calls and operations the log lists, and in which order. */
import { expect, test } from '@jest/globals';
import {
  createCallLog,
  type CallLog,
  type CallRecord,
} from '../../../../scripts/local-cloud/environment/call-log';

const begin = (log: CallLog, requestId: string): CallRecord =>
  log.begin({ function: 'f', caller: { source: 'wx_client' }, startedAt: 0, requestId });
const operation = {
  action: 'getDocument',
  collection: 'things',
  startedAt: 0,
  durationMs: 1,
  outcome: 'ok',
};

test('calls are numbered as they finish, so that none that is later is missed', () => {
  const log = createCallLog();
  const [slow, quick] = [begin(log, 'slow'), begin(log, 'quick')];
  log.finish(quick);
  expect(log.since(0)).toMatchObject({ calls: [{ requestId: 'quick', id: 1 }], running: 1 });
  log.finish(slow);
  expect(log.since(1)).toMatchObject({ calls: [{ requestId: 'slow', id: 2 }], running: 0 });
});

test('an operation belongs to the call that is running; others are kept apart', () => {
  const log = createCallLog();
  const call = begin(log, 'a');
  log.operation('a', operation);
  log.operation('unknown', operation);
  log.operation(undefined, operation);
  log.finish(call);
  log.operation('a', operation);
  const { calls, adminOperations } = log.since(0);
  expect(calls.map(({ operations }) => operations.length)).toEqual([1]);
  expect(adminOperations).toHaveLength(3);
});

test('only the latest are kept, and a cleared log goes on counting', () => {
  const log = createCallLog();
  for (let n = 0; n < 600; n++) log.finish(begin(log, String(n)));
  expect(log.since(0).calls.map(({ id }) => id)).toEqual(
    Array.from({ length: 500 }, (_, n) => n + 101),
  );
  log.clear();
  expect(log.since(0).calls).toEqual([]);
  log.finish(begin(log, 'next'));
  expect(log.since(600).calls).toMatchObject([{ id: 601 }]);
});

test('operations of no call are numbered in one row with calls', () => {
  const log = createCallLog();
  log.finish(begin(log, 'a'));
  log.operation(undefined, operation);
  log.finish(begin(log, 'b'));
  log.operation(undefined, operation);
  expect(log.since(1)).toMatchObject({
    calls: [{ id: 3 }],
    adminOperations: [{ id: 2 }, { id: 4 }],
  });
  expect(log.since(3)).toMatchObject({ calls: [], adminOperations: [{ id: 4 }] });
});

test('of the operations of no call only the latest are kept', () => {
  const log = createCallLog();
  for (const count of [499, 1, 1, 700]) {
    for (let n = 0; n < count; n++) log.operation(undefined, operation);
    log.operation(undefined, { ...operation, outcome: String(count) });
    const { adminOperations } = log.since(0);
    expect(adminOperations).toHaveLength(500);
    expect(adminOperations.at(-1)).toMatchObject({ outcome: String(count) });
  }
  log.clear();
  expect(log.since(0).adminOperations).toEqual([]);
});
