import { describe, expect, test } from '@jest/globals';
import {
  decodeLogin,
  decodeLogout,
  decodeProtected,
  decodeSessionRequest,
} from '../../../../cloudfunctions/shared/session/request';
import {
  MAX_DEVICE_NAME_LENGTH,
  MAX_DEVICE_PLATFORM_LENGTH,
  MAX_SESSION_ID_LENGTH,
  MAX_TOKEN_LENGTH,
} from '../../../../cloudfunctions/shared/session/session-policy';

const bad = (field: string) => ({ ok: false, field });

describe.each([
  ['login', decodeLogin],
  ['logout', decodeLogout],
  ['session', decodeSessionRequest],
  ['a protected function', decodeProtected],
])('a request to %s', (_name, decode: (event: unknown) => object) => {
  test.each([null, undefined, 'text', 7, true, [], [{}]])(
    'that is %j is bad as a whole',
    (event) => {
      expect(decode(event)).toEqual(bad('data'));
    },
  );
});

describe('a device', () => {
  test('has what is not said of it empty', () => {
    expect(decodeLogin({})).toEqual({ ok: true, value: { device: { name: '', platform: '' } } });
    expect(decodeLogin({ device: {} })).toEqual(decodeLogin({}));
    const named = { ok: true, value: { device: { name: 'iPhone', platform: '' } } };
    expect(decodeLogin({ device: { name: 'iPhone' } })).toEqual(named);
  });

  test('is kept as it is seen', () => {
    const device = { name: 'i\u202ePhone\u200b\n 👨‍👩‍👧\ud83d', platform: '\u0000ios' };
    const seen = { device: { name: 'iPhone 👨‍👩‍👧', platform: 'ios' } };
    expect(decodeLogin({ device })).toEqual({ ok: true, value: seen });
  });

  test.each([null, 'iPhone', ['iPhone']])('is no %j', (device) => {
    expect(decodeLogin({ device })).toEqual(bad('device'));
  });
});

describe.each<[string, number, (text: string) => object, string]>([
  ['name', MAX_DEVICE_NAME_LENGTH, (name) => decodeLogin({ device: { name } }), 'device.name'],
  [
    'platform',
    MAX_DEVICE_PLATFORM_LENGTH,
    (platform) => decodeLogin({ device: { platform } }),
    'device.platform',
  ],
  ['held token', MAX_TOKEN_LENGTH, (text) => decodeLogin({ sessionToken: text }), 'sessionToken'],
  ['token', MAX_TOKEN_LENGTH, (text) => decodeLogout({ sessionToken: text }), 'sessionToken'],
  [
    'session id',
    MAX_SESSION_ID_LENGTH,
    (sessionId) => decodeSessionRequest({ action: 'revoke', sessionToken: 't', sessionId }),
    'sessionId',
  ],
])('a %s', (_name, most, decode, field) => {
  test('may be as long as it may, and no longer', () => {
    expect(decode('x'.repeat(most))).toMatchObject({ ok: true });
    expect(decode('x'.repeat(most + 1))).toEqual(bad(field));
  });
});

test('what a protected function is asked comes without the token', () => {
  const event = { sessionToken: 't', action: 'save', text: 'x' };
  expect(decodeProtected(event)).toEqual({
    ok: true,
    value: { sessionToken: 't', data: { action: 'save', text: 'x' } },
  });
});
