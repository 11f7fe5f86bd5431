import { expect, test } from '@jest/globals';
import { phoneCodeFrom } from '../../../miniprogram/components/sign-in-sheet/phone-code';

test.each([
  [{ code: 'abc', errMsg: 'getPhoneNumber:ok' }, { code: 'abc' }],
  [{ code: 'abc', cloudID: 'x', encryptedData: 'y' }, { code: 'abc' }],
  [{ errMsg: 'getPhoneNumber:fail user deny' }, { problem: 'declined' }],
  [{ errMsg: 'getPhoneNumber:fail:user cancel' }, { problem: 'declined' }],
  [
    { errno: 1400001, errMsg: 'getPhoneNumber:fail jsapi has no permission' },
    { problem: 'unavailable' },
  ],
  [{ errno: 1400001 }, { problem: 'unavailable' }],
  [{ errno: '1400001' }, { problem: 'unavailable' }],
  [{ errMsg: 'getPhoneNumber:fail 1400001' }, { problem: 'unavailable' }],
  [{ errMsg: 'getPhoneNumber:fail no permission' }, { problem: 'unavailable' }],
  [{ errMsg: 'getPhoneNumber:fail appid has no permission' }, { problem: 'unavailable' }],
  [{ errMsg: 'getPhoneNumber:fail Error: timeout' }, { problem: 'failed' }],
  [{ errMsg: 'getPhoneNumber:ok' }, { problem: 'failed' }],
  [{ code: '' }, { problem: 'failed' }],
  [{ code: 7 }, { problem: 'failed' }],
  [{}, { problem: 'failed' }],
  [undefined, { problem: 'failed' }],
  [null, { problem: 'failed' }],
])('%j is %j', (detail, expected) => {
  expect(phoneCodeFrom(detail)).toEqual(expected);
});
