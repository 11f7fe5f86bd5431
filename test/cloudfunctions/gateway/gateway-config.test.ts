import { describe, expect, test } from '@jest/globals';
import { readGatewayConfig } from '../../../cloudfunctions/gateway/gateway-config';

const APP = {
  GATEWAY_APPS: 'main',
  GATEWAY_MAIN_PLATFORM: 'wechat',
  GATEWAY_MAIN_APPID: 'wx-app',
  GATEWAY_MAIN_SECRET: 'app-secret',
};
const [SECRET, NEXT] = ['s'.repeat(32), 'n'.repeat(32)];
const CLIENT = { ...APP, GATEWAY_CLIENT_ID: 'billing' };

describe('the variables of the gateway', () => {
  test.each([
    [{}, undefined],
    [{ GATEWAY_CLIENT_ID: 'billing', GATEWAY_CLIENT_SECRET: SECRET }, [SECRET]],
    [
      {
        GATEWAY_CLIENT_ID: 'billing',
        GATEWAY_CLIENT_SECRET: SECRET,
        GATEWAY_CLIENT_SECRET_NEXT: NEXT,
      },
      [SECRET, NEXT],
    ],
    [
      {
        GATEWAY_CLIENT_ID: 'billing',
        GATEWAY_CLIENT_SECRET: SECRET,
        GATEWAY_CLIENT_SECRET_NEXT: '',
      },
      [SECRET],
    ],
  ])('%j make a client with these secrets', (variables, secrets) => {
    expect(readGatewayConfig({ ...APP, ...variables }).client?.secrets).toEqual(secrets);
  });

  test.each([
    [{ ...CLIENT }, 'GATEWAY_CLIENT_SECRET needs'],
    [{ ...APP, GATEWAY_CORS_ORIGINS: 'https://a.example/' }, 'GATEWAY_CORS_ORIGINS must'],
    [{ ...APP, GATEWAY_CORS_ORIGINS: 'https://a.example,*' }, 'GATEWAY_CORS_ORIGINS must'],
    [{ ...APP, GATEWAY_CORS_ORIGINS: 'a.example' }, 'GATEWAY_CORS_ORIGINS must'],
    [{ ...CLIENT, GATEWAY_CLIENT_SECRET_NEXT: NEXT }, 'GATEWAY_CLIENT_SECRET needs'],
    [
      { ...CLIENT, GATEWAY_CLIENT_SECRET: SECRET, GATEWAY_CLIENT_SECRET_NEXT: 'short' },
      'GATEWAY_CLIENT_SECRET_NEXT needs',
    ],
    [{ ...APP, GATEWAY_CLIENT_SECRET_NEXT: NEXT }, 'GATEWAY_CLIENT_ID is missing'],
    [{ ...APP, GATEWAY_ADDRESS_HEADER: 'X-Forwarded-For' }, 'must not be x-forwarded-for'],
    [{ ...APP, GATEWAY_ADDRESS_HEADER: 'forwarded' }, 'must not be forwarded'],
    [{ ...APP, GATEWAY_ADDRESS_HEADER: 'x real ip' }, 'must be the name of a header'],
  ])('%j stop it, and the error shows no value', (variables, problem) => {
    const read = (): unknown => readGatewayConfig(variables);
    expect(read).toThrow(problem);
    expect(read).not.toThrow(/short|nnn|sss/);
  });

  test('name the header of the address in any spelling', () => {
    const read = (name?: string) =>
      readGatewayConfig({ ...APP, GATEWAY_ADDRESS_HEADER: name }).addressHeader;
    expect([read(), read(''), read('X-Real-IP')]).toEqual([undefined, undefined, 'x-real-ip']);
  });
});
