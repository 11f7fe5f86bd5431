import { describe, expect, test } from '@jest/globals';
import { thisApp } from '../../../../scripts/preview/this-app/app';

const at = (ms: number) => ({ $date: { $numberLong: String(ms) } });
const DOCUMENT = {
  _id: 'session',
  openid: 'o1',
  state: 'active',
  tokenHash: 'hash',
  device: { name: 'iPhone 15', platform: 'ios' },
  renewedAt: at(2000),
  createdAt: at(1000),
  expiresAt: at(5000),
};
const read = (now: number) => thisApp.records.read(JSON.stringify(DOCUMENT), now);

describe('a session in the panel', () => {
  test('has its times in the order of its life, then the hash', () => {
    const { id, openid, label, fields } = read(3000);
    expect({ id, openid, label }).toEqual({ id: 'session', openid: 'o1', label: 'iPhone 15' });
    expect(fields.map(({ name, value }) => [name.en, value])).toEqual([
      ['Signed in', { at: 1000 }],
      ['Renewed', { at: 2000 }],
      ['Idle until', { at: 5000 }],
      ['Token hash', { hash: 'hash' }],
    ]);
  });

  test('is shown as expired from then on, though its document says nothing of it', () => {
    expect(read(4999)).toMatchObject({ state: 'active', pill: { tone: 'good' } });
    expect(read(5000)).toMatchObject({ state: 'active', pill: { text: { en: 'Expired' } } });
  });
});

test.each([
  [{ ok: false, code: 'SESSION_EXPIRED' }, 'SESSION_EXPIRED'],
  [{ ok: false }, ''],
  [{ ok: true, code: 'SESSION_EXPIRED' }, undefined],
  [undefined, undefined],
])('of the results of its functions, %j is a refusal: %s', (result, code) => {
  expect(thisApp.refusalCode(result)).toBe(code);
});

test('everybody has an openid of their own at each provider', () => {
  const openids = Object.values(thisApp.people).flatMap((person) =>
    Object.keys(thisApp.providers).map((provider) => person.openids[provider]),
  );
  expect(openids).not.toContain(undefined);
  expect(new Set(openids).size).toBe(openids.length);
});
