import { describe, expect, test } from '@jest/globals';
import { PEOPLE } from '../../../../scripts/preview/this-app/people';
import {
  readSessionDocument,
  stateAt,
} from '../../../../scripts/preview/this-app/session-document';
import { sessionRecords } from '../../../../scripts/preview/this-app/session-records';

const DOCUMENT = {
  _id: 'session',
  openid: 'o1',
  state: 'active',
  tokenHash: 'hash',
  device: { name: 'iPhone 15', platform: 'ios' },
  createdAt: { $date: { $numberLong: '1000' } },
  expiresAt: { $date: '1970-01-01T00:00:05.000Z' },
};

describe('what the panel reads', () => {
  test('is a session document in canonical or relaxed EJSON', () => {
    expect(readSessionDocument(JSON.stringify(DOCUMENT))).toEqual({
      id: 'session',
      openid: 'o1',
      device: 'iPhone 15',
      state: 'active',
      tokenHash: 'hash',
      account: '',
      signedInBy: '',
      site: '',
      identity: '',
      times: { createdAt: 1000, expiresAt: 5000 },
    });
  });

  test.each([
    ['active', DOCUMENT, 4_999],
    ['expired', DOCUMENT, 5_000],
    ['expired', { ...DOCUMENT, absoluteExpiresAt: { $date: { $numberLong: '2000' } } }, 2_000],
    ['revoked', { ...DOCUMENT, state: 'revoked' }, 9_999],
  ])('tells that a session is %s', (state, document, now) => {
    expect(stateAt(readSessionDocument(JSON.stringify(document)), now)).toBe(state);
  });
});

describe('a session in the panel', () => {
  const renewed = { ...DOCUMENT, renewedAt: { $date: { $numberLong: '2000' } } };
  const read = (now: number) => sessionRecords.read(JSON.stringify(renewed), now, () => []);

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

  test('says by which way into whose account, where that is not the WeChat that called', () => {
    const identity = { _id: 'identity-1', kind: 'phone', label: '138****8000' };
    const documents: Record<string, string[]> = {
      identities: [{ _id: 'identity-2', label: 'other' }, identity].map((one) =>
        JSON.stringify(one),
      ),
    };
    const fieldsOf = (account: string) => {
      const document = { ...DOCUMENT, account, signedInBy: 'phone', identity: 'identity-1' };
      const { fields } = sessionRecords.read(
        JSON.stringify(document),
        3000,
        (name) => documents[name] ?? [],
      );
      return fields.slice(0, 2).map(({ name, value }) => [name.en, value]);
    };
    expect(fieldsOf('random-key')).toEqual([
      ['Signed in by', { text: { zh: '手机号 138****8000', en: 'Phone number 138****8000' } }],
      ['Account', { hash: 'random-key' }],
    ]);
    expect(fieldsOf(`wx1:${PEOPLE.zhou.openids.wechat}`)[1]).toEqual([
      'Account',
      { text: PEOPLE.zhou.name },
    ]);
  });
});
