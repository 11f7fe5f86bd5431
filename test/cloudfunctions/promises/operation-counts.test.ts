/**
 * (i) What each call costs in database operations, counted where they arrive. A plan has a limited
 * number a day.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { root } from '../../../scripts/project/root';
import { deployedFunctions } from '../../support/deployed-functions';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Actions of the protocol; all others write. */
const READS = ['getDocument', 'countDocument', 'calculateDocument', 'aggregateDocuments'];

describe.each([
  [1, { login: 1, check: 1, list: 1, revoke: 2, logout: 1, others: 1, everywhere: 1 }],
  [3, { login: 2, check: 1, list: 1, revoke: 2, logout: 1, others: 2, everywhere: 2 }],
])('with %i sessions a person', (sessionsPerUser, counts) => {
  let cloud: TestCloud;
  let sessionToken: string;
  let sessionId: string;

  beforeAll(async () => {
    cloud = await openCloud({ environment: { SESSIONS_PER_USER: String(sessionsPerUser) } });
  });
  afterAll(() => cloud.close());
  beforeEach(async () => {
    await cloud.control({ reset: true });
    const reply = await cloud.call('login', LIN, {});
    sessionToken = String(reply['sessionToken']);
    sessionId = (reply['session'] as { id: string }).id;
  });

  test.each(Object.entries(counts))('%s takes %i', async (what, count) => {
    const scope = what === 'logout' ? 'this' : what;
    if (what === 'login') await cloud.call('login', LIN, {});
    else if (['check', 'list', 'revoke'].includes(what)) {
      await cloud.call('session', LIN, { action: what, sessionToken, sessionId });
    } else await cloud.call('logout', LIN, { sessionToken, scope });

    const { operations, result } = await cloud.lastCall();
    expect(result).toEqual({ ok: true });
    expect(operations).toHaveLength(count);
  });
});

describe('database operations', () => {
  const deployed = deployedFunctions();
  const { signIn, check, operations } = deployed;

  test('login, check and logout take one each', async () => {
    const token = await signIn();
    expect(await operations()).toEqual(['modifyDocument']);
    await check(token);
    expect(await operations()).toEqual(['getDocument']);
    await deployed.cloud.call('logout', LIN, { sessionToken: token });
    expect(await operations()).toEqual(['removeDocument']);
  });

  test('a check that renews takes one more, once a day', async () => {
    const token = await signIn();
    await deployed.cloud.control({ advanceClockMs: DAY_MS });
    expect(await check(token)).toMatchObject({ ok: true });
    expect(await operations()).toEqual(['getDocument', 'modifyDocument']);
    await check(token);
    expect(await operations()).toEqual(['getDocument']);
  });
});

/** The rows of a README with three whole numbers after their name. */
const costsIn = (text: string): number[][] =>
  [...text.matchAll(/^\|[^|\n]+\| +(\d+) +\| +(\d+) +\| +(\d+) +\|$/gm)].map(([, ...numbers]) =>
    numbers.map(Number),
  );

test('the READMEs say what a sign-in, a check, a renewing check and a sign-out cost', async () => {
  const cloud = await openCloud();
  const counted: number[][] = [];
  let since = 0;
  const call = async (name: string, data: object): Promise<Record<string, unknown>> => {
    const reply = await cloud.call(name, LIN, data);
    const calls = await cloud.calls(since);
    since = calls.at(-1)?.id ?? since;
    const operations = calls.flatMap((record) => record.operations);
    const reads = operations.filter(({ action }) => READS.includes(action)).length;
    counted.push([calls.length, reads, operations.length - reads]);
    return reply;
  };
  try {
    const { sessionToken } = await call('login', {});
    await call('session', { action: 'check', sessionToken });
    await cloud.control({ advanceClockMs: DAY_MS });
    await call('session', { action: 'check', sessionToken });
    expect(await call('logout', { sessionToken })).toMatchObject({ ok: true, ended: 1 });
  } finally {
    await cloud.close();
  }
  for (const file of ['cloudfunctions/README.md', 'cloudfunctions/README.zh-CN.md']) {
    expect(costsIn(await readFile(`${root}/${file}`, 'utf8'))).toEqual(counted);
  }
});
