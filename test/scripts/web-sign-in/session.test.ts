import { beforeEach, describe, expect, test } from '@jest/globals';
import { check, onChange, signOut, token } from '../../../scripts/web-sign-in';
import { forget, keyOf, write } from '../../../scripts/web-sign-in/keep';
import { answer, openPage, over, PLACE, proxyPage, TOKEN } from './page';

const NEWER = 'n'.repeat(43);
const ENDED = () => answer(200, { ended: 1 });

let page: ReturnType<typeof openPage>;

beforeEach(() => {
  page = openPage();
  write(PLACE, TOKEN);
});

describe('check', () => {
  test('tells whose session it is', async () => {
    page.answers(() => answer(200, { session: { id: 'a', site: { id: 'shop', name: '小店' } } }));
    expect(await check(PLACE)).toEqual({
      state: 'signed-in',
      session: { id: 'a', site: { id: 'shop', name: '小店' } },
    });
    expect(page.asked).toMatchObject([
      { method: 'GET', path: 'session', authorization: `Bearer ${TOKEN}` },
    ]);
  });

  test('forgets a token that the gateway calls over', async () => {
    page.answers(over);
    expect(await check(PLACE)).toEqual({ state: 'signed-out' });
    expect(token(PLACE)).toBeUndefined();
  });

  test.each([
    ['no network', () => new Error('offline')],
    ['a 401 of a proxy', () => proxyPage(401)],
    ['another status with that code', () => answer(404, { code: 'SESSION_MISSING' })],
    ['another 401', () => answer(401, { message: 'no' })],
    ['a failure', () => answer(503, { code: 'UNAVAILABLE' })],
    ['a path that is none', () => proxyPage(404)],
    ['the page of a proxy', () => proxyPage(200)],
  ])('keeps the token after %s', async (_, failure) => {
    page.answers(failure);
    expect(await check(PLACE)).toEqual({ state: 'unknown' });
    expect(token(PLACE)).toBe(TOKEN);
  });

  test('keeps a newer token when the word on the older one comes late', async () => {
    page.answers(() => {
      page.kept.set(keyOf(PLACE), NEWER);
      return over();
    });
    expect(await check(PLACE)).toEqual({ state: 'unknown' });
    expect(token(PLACE)).toBe(NEWER);
  });
});

describe('signing out', () => {
  test('ends the session at the gateway', async () => {
    page.answers(ENDED);
    expect(await signOut(PLACE)).toEqual({ confirmed: true });
    expect(page.asked).toMatchObject([
      { method: 'POST', path: 'logout', authorization: `Bearer ${TOKEN}` },
    ]);
    expect(page.kept.size).toBe(0);
  });

  test('is confirmed where the session was over', async () => {
    page.answers(over);
    expect(await signOut(PLACE)).toEqual({ confirmed: true });
  });

  test.each([
    ['no network', () => new Error('offline')],
    ['the page of a proxy', () => proxyPage(200)],
    ['a 401 of a proxy', () => proxyPage(401)],
  ])('forgets at once and tells the gateway later after %s', async (_, failure) => {
    page.answers(failure);
    expect(await signOut(PLACE)).toEqual({ confirmed: false });
    expect(token(PLACE)).toBeUndefined();
    page.answers(ENDED);
    expect(await check(PLACE)).toEqual({ state: 'signed-out' });
    expect(page.asked).toHaveLength(2);
    expect(page.asked[1]).toMatchObject({ path: 'logout', authorization: `Bearer ${TOKEN}` });
    expect(page.kept.size).toBe(0);
  });

  test('keeps five tokens to end later at most', async () => {
    for (let count = 0; count < 7; count++) {
      write(PLACE, `token-${count}`);
      await signOut(PLACE);
    }
    page.asked.length = 0;
    page.answers(ENDED);
    await check(PLACE);
    expect(page.asked).toHaveLength(5);
  });
});

describe('where the storage throws', () => {
  const place = { ...PLACE, site: 'private' };
  const throwing = (): never => {
    throw new Error('denied');
  };

  test('memory keeps the token and forgets it', async () => {
    Object.assign(page.localStorage, {
      getItem: throwing,
      setItem: throwing,
      removeItem: throwing,
    });
    write(place, NEWER);
    expect(token(place)).toBe(NEWER);
    page.answers(ENDED);
    expect(await signOut(place)).toEqual({ confirmed: true });
    expect(token(place)).toBeUndefined();
  });

  test('a token that it does not let go of is not used again', async () => {
    page.answers(over);
    page.localStorage.removeItem = throwing;
    await check(PLACE);
    expect(page.kept.size).toBe(1);
    expect(token(PLACE)).toBeUndefined();
  });
});

test('a token is forgotten only while it is the one that is kept', () => {
  forget(PLACE, NEWER);
  expect(token(PLACE)).toBe(TOKEN);
});

test('a page hears of what another tab does with its token, until it has had enough', () => {
  let heard = 0;
  const stop = onChange(PLACE, () => heard++);
  const change = (key: string | null) =>
    page.tabs.dispatchEvent(Object.assign(new Event('storage'), { key }));
  change('of something else');
  expect(heard).toBe(0);
  change(keyOf(PLACE));
  change(null);
  expect(heard).toBe(2);
  stop();
  change(keyOf(PLACE));
  expect(heard).toBe(2);
});

test('a storage of the page keeps the token in the place of localStorage', () => {
  const own = new Map<string, string>();
  const storage = {
    getItem: (key: string) => own.get(key) ?? null,
    setItem: (key: string, value: string) => void own.set(key, value),
    removeItem: (key: string) => void own.delete(key),
  };
  write({ ...PLACE, storage }, NEWER);
  expect([...own.values()]).toEqual([NEWER]);
  expect(token({ ...PLACE, storage })).toBe(NEWER);
  expect(token(PLACE)).toBe(TOKEN);
});
