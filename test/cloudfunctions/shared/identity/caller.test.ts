import { describe, expect, test } from '@jest/globals';
import { isTimer, readCaller, readOrigin } from '../../../../cloudfunctions/shared/identity/caller';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';

const read = (wxContext: Record<string, unknown>) =>
  readCaller({ wxContext, context: undefined }, defaultPolicy.trustedSources);

const phone = { OPENID: 'o-1', APPID: 'wx-1', ENV: 'env', SOURCE: 'wx_client' };

describe('the caller is believed', () => {
  test.each(['wx_client', 'wx_devtools', 'wx_localdebug', 'wx_client,scf'])('from %s', (SOURCE) => {
    expect(read({ ...phone, SOURCE })).toStrictEqual({ openid: 'o-1', appid: 'wx-1' });
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

describe('on a warm instance, what the previous call left behind', () => {
  const variables = {
    WX_OPENID: 'o-1',
    WX_APPID: 'wx-1',
    WX_UNIONID: 'u-1',
    TCB_SOURCE: 'wx_client',
  };
  const wxContext = { ...phone, UNIONID: 'u-1' };
  const readBoth = (context: unknown, from: Record<string, unknown> = wxContext) =>
    readCaller({ wxContext: from, context }, defaultPolicy.trustedSources);

  const old = (own: Record<string, string>) =>
    Object.entries(own)
      .map(([name, value]) => `${name}=${value}`)
      .join(';');
  const shapes: [string, (own: Record<string, string>) => unknown][] = [
    ['JSON in `environment`', (own) => ({ environment: JSON.stringify(own) })],
    ['an object in `environment`', (own) => ({ environment: own })],
    ['pairs in `environ`', (own) => ({ environ: old(own) })],
  ];

  describe.each(shapes)('told apart by %s:', (_, contextOf) => {
    test('the caller of this very call is believed', () => {
      expect(readBoth(contextOf(variables))).toEqual({
        openid: 'o-1',
        appid: 'wx-1',
        unionid: 'u-1',
      });
    });

    test.each(['WX_OPENID', 'WX_APPID', 'TCB_SOURCE'] as const)(
      'a stale %s is not believed',
      (name) => {
        const { [name]: _, ...own } = variables;
        expect(readBoth(contextOf(own))).toBeUndefined();
        expect(readBoth(contextOf({ ...own, [name]: 'another' }))).toBeUndefined();
      },
    );

    test('a stale UNIONID is dropped', () => {
      const { WX_UNIONID: _, ...own } = variables;
      expect(readBoth(contextOf(own))).toEqual({ openid: 'o-1', appid: 'wx-1' });
    });

    test("the environment's own people stay who they are after somebody of another mini program", () => {
      const from = { ...wxContext, FROM_OPENID: 'o-2', FROM_APPID: 'wx-2' };
      const own = { openid: 'o-1', appid: 'wx-1', unionid: 'u-1' };
      expect(readBoth(contextOf(variables), from)).toEqual(own);
    });

    test('somebody of another mini program is who calls, and half of that is nobody', () => {
      const from = { ...wxContext, FROM_OPENID: 'o-2', FROM_APPID: 'wx-2' };
      const own = { ...variables, WX_FROM_OPENID: 'o-2', WX_FROM_APPID: 'wx-2' };
      expect(readBoth(contextOf(own), from)).toEqual({ openid: 'o-2', appid: 'wx-2' });
      for (const name of ['WX_FROM_OPENID', 'WX_FROM_APPID'] as const) {
        const { [name]: _, ...half } = own;
        expect(readBoth(contextOf(half), from)).toBeUndefined();
        expect(readBoth(contextOf({ ...own, [name]: 'stale' }), from)).toBeUndefined();
      }
    });

    test('an identity with an equals sign is whole', () => {
      const own = { ...variables, WX_OPENID: 'o=1==' };
      expect(readBoth(contextOf(own), { ...wxContext, OPENID: 'o=1==' })).toMatchObject({
        openid: 'o=1==',
      });
    });

    test('where the call comes from is what it says itself', () => {
      const origin = { wxContext, context: contextOf(variables) };
      expect(readOrigin(origin)).toEqual({ openid: 'o-1', source: 'wx_client' });
      const nobody = { wxContext, context: contextOf({ TCB_SOURCE: 'wx_http' }) };
      expect(readOrigin(nobody)).toEqual({ openid: undefined, source: 'wx_http' });
    });
  });

  test.each([
    { environment: '{' },
    { environment: 'null' },
    { environment: null },
    { environ: 7 },
    { environ: '' },
  ])('nothing is believed when the variables cannot be read: %j', (context) => {
    expect(readBoth(context)).toBeUndefined();
  });

  test.each([undefined, null, 'text', {}, { request_id: 'r' }])(
    'there is nothing to compare with in %j',
    (context) => {
      expect(readBoth(context)).toMatchObject({ openid: 'o-1' });
    },
  );
});

test.each([undefined, {}, { environment: '{' }, { environ: 7 }])(
  'where the call comes from is what the process says, where the call says nothing to be read: %j',
  (context) => {
    const origin = { wxContext: phone, context };
    expect(readOrigin(origin)).toEqual({ openid: 'o-1', source: 'wx_client' });
  },
);

describe('the timer', () => {
  const timer = (SOURCE: unknown, context?: unknown) => isTimer({ wxContext: { SOURCE }, context });

  test('is the one whose SOURCE is exactly wx_trigger', () => {
    expect(timer('wx_trigger')).toBe(true);
    expect(timer('wx_trigger', { environment: '{"TCB_SOURCE":"wx_trigger"}' })).toBe(true);
  });

  test.each(['wx_trigger,scf', 'wx_client', 'scf', '', undefined, 7, 'wx_trigger '])(
    'is not %j',
    (source) => {
      expect(timer(source)).toBe(false);
    },
  );

  test('is not a later call on the instance that served it', () => {
    expect(timer('wx_trigger', { environment: '{"TCB_SOURCE":"wx_client"}' })).toBe(false);
    expect(timer('wx_trigger', { environment: '{}' })).toBe(false);
  });
});
