/** What a function finds in its environment about who calls. */
import { expect, test } from '@jest/globals';
import { callerVariables } from '../../../../scripts/local-cloud/environment/caller';

const identityOf = (caller: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(callerVariables({ source: 'wx_client', ...caller }, 'r')).filter(
      ([name]) => name.startsWith('WX_') && name !== 'WX_CONTEXT_KEYS',
    ),
  );

test('an identity is told whole', () => {
  expect(identityOf({ openid: 'o', appid: 'wx-a', unionid: 'u' })).toEqual({
    WX_OPENID: 'o',
    WX_APPID: 'wx-a',
    WX_UNIONID: 'u',
  });
});

test('what there is none of is not there, rather than empty', () => {
  expect(identityOf({ openid: 'o' })).toEqual({ WX_OPENID: 'o' });
  expect(identityOf({})).toEqual({});
});

test('an appid without a person is nobody', () => {
  expect(identityOf({ appid: 'wx-a' })).toEqual({});
});
