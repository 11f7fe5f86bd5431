/** Transactions: https://docs.cloudbase.net/database/transaction */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import type { Answer } from '../../../support/local-cloud';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner();
});
afterAll(() => runner.close());
beforeEach(() =>
  runner.seed([
    { _id: 'a', n: 1 },
    { _id: 'b', n: 1 },
  ]),
);

const numbers = async (): Promise<unknown> =>
  Object.fromEntries((await runner.cloud.documents('things')).map(({ _id, n }) => [_id, n]));

describe.each(SDKS)('%s', (sdk) => {
  /** wx takes options, node takes the data itself. */
  const set = (id: string, n: number): string =>
    sdk === 'wx-server-sdk'
      ? `t.collection('things').doc('${id}').set({ data: { n: ${n} } })`
      : `t.collection('things').doc('${id}').set({ n: ${n} })`;
  const update = (id: string, data: string): string =>
    sdk === 'wx-server-sdk'
      ? `t.collection('things').doc('${id}').update({ data: ${data} })`
      : `t.collection('things').doc('${id}').update(${data})`;
  const read = (id: string): string => `(await t.collection('things').doc('${id}').get()).data.n`;

  test('runTransaction keeps all or nothing', async () => {
    const code = `db.runTransaction(async (t) => { await ${update('a', `{ n: _.inc(-1) }`)}; await ${update('b', `{ n: _.inc(1) }`)}; return 'done'; })`;
    expect(await runner.value(sdk, code)).toBe('done');
    expect(await numbers()).toEqual({ a: 0, b: 2 });
    await runner.failure(
      sdk,
      `db.runTransaction(async (t) => { await ${set('a', 9)}; throw new Error('stop'); })`,
    );
    expect(await numbers()).toEqual({ a: 0, b: 2 });
  });

  test('rollback gives up the changes, and says why', async () => {
    const code = `db.runTransaction(async (t) => { await ${set('a', 9)}; await t.rollback('because'); })`;
    expect(await runner.failure(sdk, code)).toMatchObject({ message: 'because' });
    expect(await numbers()).toEqual({ a: 1, b: 1 });
  });

  test('reads its own changes, which nobody else sees before they are committed', async () => {
    const code = `(async () => { const t = await db.startTransaction(); await ${set('a', 9)}; const seen = [${read('a')}, (await one('a')).n]; await t.commit(); return [...seen, (await one('a')).n]; })()`;
    expect(await runner.value(sdk, code)).toEqual([9, 1, 9]);
  });

  test('reads the database as it was when it began', async () => {
    const outside = sdk === 'wx-server-sdk' ? `{ data: { n: 5 } }` : `{ n: 5 }`;
    const code = `(async () => { const t = await db.startTransaction(); await things.doc('a').update(${outside}); const seen = ${read('a')}; await t.rollback(); return [seen, (await one('a')).n]; })()`;
    expect(await runner.value(sdk, code)).toEqual([1, 5]);
  });

  test('meets a conflict where somebody has changed the document since', async () => {
    const outside = sdk === 'wx-server-sdk' ? `{ data: { n: 5 } }` : `{ n: 5 }`;
    const code = `(async () => { const t = await db.startTransaction(); await things.doc('a').update(${outside}); const reply = await ${set('a', 9)}; if (reply.code) throw Object.assign(new Error(reply.message), reply); })()`;
    expect((await runner.failure(sdk, code))['message']).toContain(
      '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. Please check your request, but if the problem persists, contact us.',
    );
    expect(await numbers()).toEqual({ a: 5, b: 1 });
  });

  test('is over after commit and after rollback', async () => {
    for (const end of ['commit', 'rollback']) {
      const code = `(async () => { const t = await db.startTransaction(); await t.${end}(); const reply = await ${set('a', 9)}; if (reply.code) throw Object.assign(new Error(reply.message), reply); })()`;
      const failure = await runner.failure(sdk, code);
      expect(failure['message']).toContain(
        '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. Please check your request, but if the problem persists, contact us.',
      );
      expect(failure).toMatchObject(
        sdk === 'wx-server-sdk' ? { errCode: -501001 } : { code: 'DATABASE_TRANSACTION_FAIL' },
      );
    }
    expect(await numbers()).toEqual({ a: 1, b: 1 });
  });

  test('adds and removes', async () => {
    const data = `{ _id: 'c', n: 3 }`;
    const add = sdk === 'wx-server-sdk' ? `add({ data: ${data} })` : `add(${data})`;
    const remove = sdk === 'wx-server-sdk' ? 'remove' : 'delete';
    const code = `db.runTransaction(async (t) => { await t.collection('things').${add}; await t.collection('things').doc('a').${remove}(); })`;
    await runner.value(sdk, code);
    expect(await numbers()).toEqual({ b: 1, c: 3 });
  });
});

describe('in the protocol', () => {
  const admin = (action: string, body: object = {}): Promise<Answer> =>
    runner.cloud.admin({ action: `database.${action}`, collectionName: 'things', ...body });
  const begin = async (): Promise<string> =>
    String((await admin('startTransaction'))['transactionId']);
  const set = (id: string, n: number, transactionId?: string): Promise<Answer> =>
    admin('modifyDocument', {
      query: EJSON.stringify({ _id: id }),
      data: EJSON.stringify({ n }),
      multi: false,
      merge: false,
      upsert: true,
      ...(transactionId !== undefined && { transactionId }),
    });

  test('of two transactions that change one document the second has the conflict', async () => {
    const [first, second] = [await begin(), await begin()];
    expect(await set('a', 2, first)).not.toHaveProperty('code');
    expect(await set('a', 3, second)).toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' });
    expect(await admin('commitTransaction', { transactionId: second })).toMatchObject({
      code: 'DATABASE_TRANSACTION_FAIL',
    });
    expect(await admin('commitTransaction', { transactionId: first })).not.toHaveProperty('code');
    expect(await numbers()).toEqual({ a: 2, b: 1 });
  });

  test('two transactions on different documents do not meet', async () => {
    const [first, second] = [await begin(), await begin()];
    await set('a', 2, first);
    await set('b', 3, second);
    await admin('commitTransaction', { transactionId: second });
    await admin('commitTransaction', { transactionId: first });
    expect(await numbers()).toEqual({ a: 2, b: 3 });
  });

  test('a write outside waits for the transaction that has the document', async () => {
    const transactionId = await begin();
    await set('a', 2, transactionId);
    let isDone = false;
    const outside = set('a', 7).then((answer) => {
      isDone = true;
      return answer;
    });
    await set('b', 4);
    expect(isDone).toBe(false);
    await admin('commitTransaction', { transactionId });
    expect(await outside).not.toHaveProperty('code');
    expect(await numbers()).toEqual({ a: 7, b: 4 });
  });

  test('a hundred counters at once lose no step', async () => {
    const step = async (): Promise<void> => {
      for (;;) {
        const transactionId = await begin();
        const read = await admin('getDocument', { query: '{"_id":"a"}', transactionId });
        const [text = ''] = (read['data'] as { list: string[] }).list;
        const { n } = EJSON.parse(text) as { n: number };
        const written = await set('a', n + 1, transactionId);
        if ('code' in written) continue;
        const committed = await admin('commitTransaction', { transactionId });
        if (!('code' in committed)) return;
      }
    };
    await Promise.all(Array.from({ length: 20 }, step));
    expect(await numbers()).toMatchObject({ a: 21 });
  });
});
