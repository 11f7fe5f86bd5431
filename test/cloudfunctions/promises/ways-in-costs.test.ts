/**
 * (i) What a call costs in database operations where there are several ways in, counted where they
 * arrive: the beginning and the end of a transaction count, and WeChat's open interface does not.
 */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../../scripts/project/root';
import { LIN, ZHOU } from '../../support/people';
import { severalWaysIn } from '../../support/several-ways-in';

/**
 * Actions of the protocol; all others write, or begin and end a transaction. Reading in one counts,
 * too.
 */
const READS = ['getDocument', 'countDocument', 'calculateDocument', 'aggregateDocuments'];

type App = ReturnType<typeof severalWaysIn>;
type Costs = [reads: number, others: number];

/** What is counted is the last call that it makes. */
const calls: Record<string, (app: App) => Promise<unknown>> = {
  'sign-in by WeChat, nothing linked': (app) => app.signIn(),
  'sign-in by WeChat, linked': async (app) => {
    await app.setPassword(LIN, await app.signIn());
    await app.signIn();
  },
  'sign-in by phone, the first time': async (app) => {
    await app.numberIs();
    await app.signInByPhone();
  },
  'sign-in by phone, later': async (app) => {
    await app.numberIs();
    await app.signInByPhone();
    await app.signInByPhone();
  },
  'sign-in by password': async (app) => {
    await app.setPassword(LIN, await app.signIn());
    await app.signInByPassword(ZHOU);
  },
  check: async (app) => app.check(LIN, await app.signIn()),
  'list of ways in': async (app) => app.waysIn(LIN, await app.signIn()),
  'linking a phone': async (app) => {
    await app.numberIs();
    await app.linkPhone(LIN, await app.signIn());
  },
  'linking a WeChat': async (app) => {
    await app.setPassword(LIN, await app.signIn());
    await app.identity(ZHOU, await app.signInByPassword(ZHOU), 'link-wechat');
  },
  'setting a password': async (app) => app.setPassword(LIN, await app.signIn()),
  unlinking: async (app) => {
    const token = await app.signIn();
    await app.setPassword(LIN, token);
    const identityId = await app.idOf(LIN, token, 'password');
    await app.identity(LIN, token, 'unlink', { identityId });
  },
};

async function costOf(app: App, what: string): Promise<Costs> {
  await calls[what]?.(app);
  const { operations, result } = await app.cloud.lastCall();
  expect(result).toMatchObject({ ok: true });
  const reads = operations.filter(({ action }) => READS.includes(action)).length;
  return [reads, operations.length - reads];
}

/** With one session a person, and with three. */
const counted: Record<string, readonly [one: Costs, three: Costs]> = {
  'sign-in by WeChat, nothing linked': [
    [1, 1],
    [2, 1],
  ],
  'sign-in by WeChat, linked': [
    [2, 1],
    [3, 1],
  ],
  'sign-in by phone, the first time': [
    [6, 6],
    [7, 6],
  ],
  'sign-in by phone, later': [
    [2, 1],
    [3, 1],
  ],
  'sign-in by password': [
    [3, 5],
    [4, 5],
  ],
  check: [
    [1, 0],
    [1, 0],
  ],
  'list of ways in': [
    [2, 0],
    [2, 0],
  ],
  'linking a phone': [
    [6, 5],
    [6, 5],
  ],
  'linking a WeChat': [
    [7, 5],
    [7, 5],
  ],
  'setting a password': [
    [8, 5],
    [8, 5],
  ],
  unlinking: [
    [6, 5],
    [6, 5],
  ],
};

describe.each([
  [1, 0],
  [3, 1],
] as const)('with %i sessions a person', (sessions, index) => {
  const app = severalWaysIn({ SESSIONS_PER_USER: String(sessions) });
  test.each(Object.keys(calls))('%s', async (what) => {
    expect(await costOf(app, what)).toEqual(counted[what]?.[index]);
  });
});

describe.each([
  ['ACCOUNT_BLOCKING', [1, 0], [1, 0]],
  ['SIGN_IN_HISTORY', [0, 2], [0, 1]],
] as const)('%s adds to a sign-in', (variable, first, later) => {
  const app = severalWaysIn({ SESSIONS_PER_USER: '1', [variable]: 'true' });
  const what = 'sign-in by WeChat, nothing linked';
  const [[reads, writes]] = counted[what] ?? [[0, 0]];

  test('to the first', async () => {
    expect(await costOf(app, what)).toEqual([reads + first[0], writes + first[1]]);
  });

  test('to a later one', async () => {
    await app.signIn();
    expect(await costOf(app, what)).toEqual([reads + later[0], writes + later[1]]);
  });
});

/** The rows of a README with four whole numbers after their name. */
const costsIn = (text: string): number[][] =>
  [...text.matchAll(/^\|[^|\n]+\| +(\d+) +\| +(\d+) +\| +(\d+) +\| +(\d+) +\|$/gm)].map(
    ([, ...numbers]) => numbers.map(Number),
  );

test.each(['README.md', 'README.zh-CN.md'])('%s says what each costs', async (file) => {
  const text = await readFile(`${root}/cloudfunctions/${file}`, 'utf8');
  expect(costsIn(text)).toEqual(Object.values(counted).map(([one, three]) => [...one, ...three]));
});
