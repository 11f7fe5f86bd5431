import { describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../../cloudfunctions/shared/session/caller';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';

const read = (wxContext: Record<string, unknown>) =>
  readCaller(wxContext, defaultPolicy.trustedSources);

const phone = { OPENID: 'o-1', APPID: 'wx-1', ENV: 'env', SOURCE: 'wx_client' };

describe('the caller is believed', () => {
  test.each(['wx_client', 'wx_devtools', 'wx_localdebug', 'wx_client,scf'])('from %s', (SOURCE) => {
    expect(read({ ...phone, SOURCE })).toEqual({ openid: 'o-1', appid: 'wx-1' });
  });

  test('with their UNIONID when there is one', () => {
    expect(read({ ...phone, UNIONID: 'u-1' })).toEqual({
      openid: 'o-1',
      appid: 'wx-1',
      unionid: 'u-1',
    });
  });

  test('as who calls, not as whose environment it is, when the environment is shared', () => {
    const shared = { ...phone, FROM_OPENID: 'o-2', FROM_APPID: 'wx-2' };
    expect(read(shared)).toEqual({ openid: 'o-2', appid: 'wx-2' });
  });

  test('as themselves when FROM_* is there and empty', () => {
    expect(read({ ...phone, FROM_OPENID: '', FROM_APPID: '' })).toEqual({
      openid: 'o-1',
      appid: 'wx-1',
    });
  });
});

describe('the caller is nobody', () => {
  test.each([
    ['nothing is known', {}],
    ['OPENID is missing', { ...phone, OPENID: undefined }],
    ['OPENID is empty', { ...phone, OPENID: '' }],
    ['OPENID is a number, as the SDK makes of all digits', { ...phone, OPENID: 123456 }],
    ['APPID is missing', { ...phone, APPID: undefined }],
    ['SOURCE is missing', { ...phone, SOURCE: undefined }],
    ['SOURCE is empty', { ...phone, SOURCE: '' }],
    ['only a later entry of SOURCE is trusted', { ...phone, SOURCE: 'wx_http,wx_client' }],
    ['SOURCE only begins like a trusted one', { ...phone, SOURCE: 'wx_client_x' }],
    ['half of a shared identity is missing', { ...phone, FROM_APPID: 'wx-2' }],
    ['the other half is missing', { ...phone, FROM_OPENID: 'o-2' }],
    ...['wx_http', 'wx_trigger', 'wx_paycallback', 'wx_crawler', 'wx_unknown', 'scf'].map(
      (SOURCE) => [`SOURCE is ${SOURCE}`, { ...phone, SOURCE }] as const,
    ),
  ] as const)('when %s', (_, wxContext) => {
    expect(read(wxContext)).toBeUndefined();
  });
});
