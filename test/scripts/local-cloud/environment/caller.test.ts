/** What a function finds in its environment about who calls. */
import { expect, test } from '@jest/globals';
import { requestIdOf } from '../../../../scripts/local-cloud/environment/api-token';
import { callerVariables } from '../../../../scripts/local-cloud/environment/caller';

const IDENTITY = ['WX_OPENID', 'WX_APPID', 'WX_UNIONID', 'WX_OPEN_DATA_INFO'];

const identityOf = (caller: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(callerVariables({ source: 'wx_client', ...caller }, 'r')).filter(([name]) =>
      IDENTITY.includes(name),
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

test('the fields that WeChat filled are named, where there are any', () => {
  expect(identityOf({ openDataKeys: ['phone', '步数'] })).toEqual({
    WX_OPEN_DATA_INFO: '{"keys":["phone","步数"]}',
  });
  expect(identityOf({ openDataKeys: [] })).toEqual({});
});

test.each([
  ['a mini program', { appid: 'wx-a' }, ['WX_API_TOKEN']],
  [
    'a function that a mini program called',
    { appid: 'wx-a', source: 'wx_client,scf' },
    ['WX_API_TOKEN'],
  ],
  ['a timer', { source: 'wx_trigger' }, ['WX_TRIGGER_API_TOKEN_V0']],
  ['a function that a timer called', { source: 'wx_trigger,scf' }, ['WX_TRIGGER_API_TOKEN_V0']],
  ['HTTP access', { source: 'wx_http' }, []],
])('called by %s, a function has the token for it, listed for the SDK', (_, caller, expected) => {
  const variables = callerVariables({ source: 'wx_client', ...caller }, 'r');
  const tokens = Object.keys(variables).filter((name) => name.includes('API_TOKEN'));
  expect(tokens).toEqual(expected);
  const { WX_CONTEXT_KEYS: listed = '' } = variables;
  expect(listed.split(',')).toEqual(expect.arrayContaining(expected));
});

test('a token tells the call to which it was given', () => {
  const { WX_API_TOKEN: token = '' } = callerVariables({ appid: 'a', source: 'wx_client' }, 'r');
  expect(requestIdOf(token)).toBe('r');
  expect([requestIdOf(''), requestIdOf('r')]).toEqual([undefined, undefined]);
});
