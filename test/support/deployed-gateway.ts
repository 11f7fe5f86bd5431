/**
 * The gateway as it is deployed, through HTTP access of the local cloud; every reply is held
 * against openapi.json.
 */
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { checkDocumented } from './documented-replies';
import { FAKE_SECRET, startFakeProvider, type FakeProvider } from './fake-provider';
import { basic, CLIENT } from './gateway';
import { openCloud, type Answer, type TestCloud } from './local-cloud';
import { LIN } from './people';

export const BASIC = basic(`${CLIENT.id}:${CLIENT.secret}`);
export const NEXT_SECRET = 'fedcba9876543210fedcba9876543210';
const MINUTE_MS = 60_000;

interface Reply {
  status: number;
  headers: Headers;
  body: Answer;
}

/** One cloud and two providers for all tests of a file. */
export function deployedGateway(environment: Record<string, string> = {}) {
  let wechat: FakeProvider;
  let qq: FakeProvider;
  let cloud: TestCloud;
  let nextCode = 0;

  beforeAll(async () => {
    [wechat, qq] = [await startFakeProvider(), await startFakeProvider()];
    cloud = await openCloud({
      environment: {
        SESSIONS_PER_USER: '3',
        GATEWAY_APPS: 'main,game',
        GATEWAY_MAIN_PLATFORM: 'wechat',
        GATEWAY_MAIN_APPID: 'wx-app',
        GATEWAY_MAIN_SECRET: FAKE_SECRET,
        GATEWAY_GAME_PLATFORM: 'qq',
        GATEWAY_GAME_APPID: 'qq-app',
        GATEWAY_GAME_SECRET: FAKE_SECRET,
        GATEWAY_CLIENT_ID: CLIENT.id,
        GATEWAY_CLIENT_SECRET: CLIENT.secret,
        GATEWAY_CLIENT_SECRET_NEXT: NEXT_SECRET,
        GATEWAY_CORS_ORIGINS: 'https://a.example',
        GATEWAY_WECHAT_URL: wechat.url,
        GATEWAY_QQ_URL: qq.url,
        ...environment,
      },
    });
  });
  afterAll(async () => {
    await cloud.close();
    await wechat.close();
    await qq.close();
  });
  beforeEach(async () => {
    // The instances stay: what they remember does not matter here; a test for which it does ends
    // them.
    await cloud.control({ reset: true });
    for (const provider of [wechat, qq]) provider.requests.length = 0;
  });

  async function send(method: string, path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(`${cloud.url}/http/gateway${path}`, { method, ...init });
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Answer;
    checkDocumented(method.toLowerCase(), path, response, text === '' ? undefined : body);
    return { status: response.status, headers: response.headers, body };
  }

  /**
   * Sets the cloud's clock to the start of the next minute, so that what a test does next is counted
   * in one. Resolves to which that is.
   */
  async function beginMinute(): Promise<number> {
    const state = (await (await fetch(`${cloud.url}/control`)).json()) as { now: number };
    const window = Math.floor(state.now / MINUTE_MS) + 1;
    await cloud.control({ advanceClockMs: Math.ceil(window * MINUTE_MS - state.now) });
    return window;
  }

  return {
    get cloud(): TestCloud {
      return cloud;
    },
    /** The queries that arrived there. */
    requestsOf: (name: 'wechat' | 'qq'): readonly URLSearchParams[] =>
      (name === 'wechat' ? wechat : qq).requests,
    send,
    async signIn(person = 'lin', platform = 'wechat'): Promise<string> {
      const appid = platform === 'wechat' ? 'wx-app' : 'qq-app';
      const code = `${person}-${String(++nextCode)}`;
      const { status, body } = await send('POST', '/v1/login', json({ platform, appid, code }));
      expect(status).toBe(200);
      return String(body['sessionToken']);
    },
    signInByCall: async (caller = LIN): Promise<string> =>
      String((await cloud.call('login', caller, {}))['sessionToken']),
    /** The id of a session, by which it is ended. */
    idOf: async (token: string): Promise<string> =>
      String((await send('POST', '/v1/introspect', asClient(token))).body['sid']),
    /** Sets what other instances have counted, in a minute that has just begun. */
    async countedBefore(_id: string, count: number): Promise<void> {
      const window = await beginMinute();
      await cloud.control({ seed: { gateway_counters: [{ _id, window, count }] } });
    },
    beginMinute,
  };
}

export const json = (value: unknown): RequestInit => ({
  body: typeof value === 'string' ? value : JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});
export const bearer = (token: string): RequestInit => ({
  headers: { authorization: `Bearer ${token}` },
});
export const asClient = (token: string, authorization = BASIC): RequestInit => ({
  body: new URLSearchParams({ token }),
  headers: { authorization },
});
