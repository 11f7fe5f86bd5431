/** A web page that signs in by a phone, on the gateway as it is deployed. */
import type * as oauth from 'oauth4webapi';
import { expect } from '@jest/globals';
import type { Contract } from '#functions/contract';
import { checkDocumented } from './documented-replies';
import type { Answer, TestCloud } from './local-cloud';
import { LIN, type Person } from './people';

export const SHOP = { id: 'shop', name: '小店', origin: 'https://shop.example' };

/** Environment variables of the gateway. */
export const SITES = {
  GATEWAY_SITES: 'shop,cinema',
  GATEWAY_SITE_SHOP_NAME: SHOP.name,
  GATEWAY_SITE_SHOP_ORIGINS: SHOP.origin,
  GATEWAY_SITE_CINEMA_NAME: '影院',
  GATEWAY_SITE_CINEMA_ORIGINS: 'https://cinema.example',
};

export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const INTERVAL_MS = 5_000;
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export interface Posted {
  status: number;
  headers: Headers;
  body: Answer;
}

/** @param cloud is asked for at each call: it may be opened after this */
export function webSignIn(cloud: () => TestCloud) {
  const base = (): string => `${cloud().url}/http/gateway`;

  async function post(
    path: string,
    form: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<Posted> {
    const response = await fetch(`${base()}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin: SHOP.origin, 'user-agent': CHROME, ...headers },
    });
    const body = (await response.json()) as Answer;
    checkDocumented('post', path, response, body);
    return { status: response.status, headers: response.headers, body };
  }

  const tools = {
    base,
    post,
    async request(): Promise<oauth.DeviceAuthorizationResponse> {
      const { status, body } = await post('/v1/device_authorization', { client_id: SHOP.id });
      expect(status).toBe(200);
      return body as unknown as oauth.DeviceAuthorizationResponse;
    },
    /** The next poll in time. */
    async poll(deviceCode: string, changes: Record<string, string> = {}): Promise<Posted> {
      await cloud().control({ advanceClockMs: INTERVAL_MS });
      return tools.pollNow(deviceCode, changes);
    },
    pollNow: (deviceCode: string, changes: Record<string, string> = {}): Promise<Posted> =>
      post('/v1/token', {
        grant_type: DEVICE_GRANT,
        device_code: deviceCode,
        client_id: SHOP.id,
        ...changes,
      }),
    authorize: (
      action: Contract['authorize']['request']['action'],
      userCode: string,
      sessionToken: string,
      person: Person = LIN,
    ): Promise<Answer> => cloud().call('authorize', person, { action, userCode, sessionToken }),
    signIn: async (person: Person = LIN): Promise<string> =>
      String((await cloud().call('login', person, {}))['sessionToken']),
    /** A page that this phone has let in. Resolves to its token. */
    async signInPage(sessionToken: string, person: Person = LIN): Promise<string> {
      const { device_code, user_code } = await tools.request();
      expect(await tools.authorize('approve', user_code, sessionToken, person)).toEqual({
        ok: true,
        approved: true,
      });
      const { body } = await tools.poll(device_code);
      expect(body).toMatchObject({ token_type: 'Bearer' });
      return String(body['access_token']);
    },
    /** What the gateway says of a bearer token. */
    async check(token: string): Promise<Posted> {
      const response = await fetch(`${base()}/v1/session`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const body = (await response.json()) as Answer;
      return { status: response.status, headers: response.headers, body };
    },
  };
  return tools;
}
