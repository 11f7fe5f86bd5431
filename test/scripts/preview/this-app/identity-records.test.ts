import { expect, test } from '@jest/globals';
import {
  identityRecords,
  signInRecords,
} from '../../../../scripts/preview/this-app/identity-records';
import { PEOPLE } from '../../../../scripts/preview/this-app/people';

const date = (at: number): object => ({ $date: { $numberLong: String(at) } });

test('a way in is shown with its kind, its label and whose account it leads into', () => {
  const account = `wx1:${PEOPLE.lin.openids.wechat}`;
  const identity = { _id: 'i1', kind: 'phone', account, label: '138****8000' };
  const document = JSON.stringify({ ...identity, createdAt: date(1000), passwordHash: 'secret' });
  expect(identityRecords.read(document, 0, () => [])).toEqual({
    id: 'i1',
    openid: PEOPLE.lin.openids.wechat,
    label: '138****8000',
    state: account,
    pill: { text: { zh: '手机号', en: 'Phone number' }, tone: 'neutral' },
    fields: [
      { name: { zh: '绑定', en: 'Linked' }, value: { at: 1000 } },
      { name: { zh: '账号', en: 'Account' }, value: { text: PEOPLE.lin.name } },
    ],
  });
});

test('a way into an account that no WeChat founded is shown with the key of the account', () => {
  const document = JSON.stringify({ _id: 'i2', kind: 'passkey', account: 'random-key' });
  expect(identityRecords.read(document, 0, () => [])).toMatchObject({
    openid: 'random-key',
    pill: { text: { en: 'passkey' } },
    fields: [{ value: { hash: 'random-key' } }],
  });
});

test('sign-ins are shown the latest first, refused ones with the code', () => {
  const last = [
    { at: date(1000), kind: 'wechat' },
    { at: date(2000), kind: 'password', refused: 'IDENTITY_UNKNOWN' },
  ];
  const { fields } = signInRecords.read(JSON.stringify({ _id: 's', last }), 0, () => []);
  expect(fields).toEqual([
    {
      name: { zh: '密码 · IDENTITY_UNKNOWN', en: 'Password · IDENTITY_UNKNOWN' },
      value: { at: 2000 },
    },
    { name: { zh: '微信', en: 'WeChat' }, value: { at: 1000 } },
  ]);
});
