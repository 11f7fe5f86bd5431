/**
 * (i) What signing in a web page by a phone costs in database operations, counted where they arrive:
 * the beginning and the end of a transaction count as writes, and reading in one as reading.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { deployedGateway } from '../../support/deployed-gateway';
import { SITES, webSignIn } from '../../support/web-sign-in';

const READS = ['getDocument', 'countDocument', 'calculateDocument', 'aggregateDocuments'];

/** What is counted is the last call. The first call in a minute counts in a place that is new. */
type Page = ReturnType<typeof webSignIn>;
const calls: Record<string, (page: Page) => Promise<unknown>> = {
  'a page asks': async (page) => {
    await page.request();
    await page.request();
  },
  'a page polls': async (page) => page.poll((await page.request()).device_code),
  'a page polls too soon': async (page) => {
    const { device_code } = await page.request();
    await page.poll(device_code);
    await page.pollNow(device_code);
  },
  'a phone reads who asks': (page) => decide(page, 'describe'),
  'a phone approves': (page) => decide(page, 'approve'),
  'a phone denies': (page) => decide(page, 'deny'),
  'a page is let in': async (page) => page.signInPage(await page.signIn()),
};

async function decide(page: Page, action: 'describe' | 'approve' | 'deny'): Promise<void> {
  const phone = await page.signIn();
  const { user_code } = await page.request();
  await page.authorize('describe', user_code, phone);
  expect(await page.authorize(action, user_code, phone)).toMatchObject({ ok: true });
}

const counts: Record<string, [reads: number, writes: number]> = {
  'a page asks': [0, 2],
  'a page polls': [1, 0],
  'a page polls too soon': [0, 0],
  'a phone reads who asks': [2, 1],
  'a phone approves': [1, 2],
  'a phone denies': [1, 2],
  'a page is let in': [5, 5],
};

describe.each<[string, Record<string, string>, Record<string, [reads: number, writes: number]>]>([
  ['one way in', {}, {}],
  ['several ways in', { SIGN_IN_METHODS: 'wechat,password' }, { 'a page is let in': [6, 5] }],
])('with %s', (_, environment, changes) => {
  const gateway = deployedGateway({ ...SITES, ...environment });
  const page = webSignIn(() => gateway.cloud);
  const counted = { ...counts, ...changes };

  beforeEach(gateway.beginMinute);
  test.each(Object.keys(calls))('%s', async (what) => {
    await calls[what]?.(page);
    const { operations } = await gateway.cloud.lastCall();
    const reads = operations.filter(({ action }) => READS.includes(action)).length;
    expect([what, reads, operations.length - reads]).toEqual([what, ...(counted[what] ?? [])]);
  });
});
