/** The functions of a sign-in on a web page by phone, on the stores of a world with ways in. */
import {
  accountOf,
  authorizeAction,
  createGatewayApp,
  createWindowedLimit,
  readToken,
  withOpenSession,
  type AccountId,
  type DeviceGrant,
  type DeviceGrantId,
  type DeviceGrantStore,
  type Session,
} from '#functions/testing';
import { gatewayConfig } from '../gateway';
import { memoryDeviceGrantStore } from '../memory-device-grant-store';
import type { Person } from '../people';
import type { Actor } from './explore-schedules';
import { WaysInWorld, type Stores, type WaysInReply } from './ways-in-world';

export interface WebStores extends Stores {
  grants: DeviceGrantStore;
}

export interface WebAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** What a page was given. */
export interface PageCodes {
  deviceCode: string;
  userCode: string;
}

export const SITE = { id: 'shop', name: '小店', origins: ['https://shop.example'] };
/** Each call has an instance of its own, which has counted nothing before. */
const noLimit = () => createWindowedLimit({ take: () => Promise.resolve(true) });
const NOBODY: Person = { openid: '', appid: '' };
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

export class WebSignInWorld extends WaysInWorld {
  readonly grants = new Map<DeviceGrantId, DeviceGrant>();
  readonly webStores: WebStores = {
    ...this.stores,
    grants: memoryDeviceGrantStore(this.sessions, this.grants),
  };

  /** A page asks to be let in. */
  async asks(stores = this.webStores): Promise<PageCodes> {
    const { status, body } = await this.post('/v1/device_authorization', {}, stores);
    if (status !== 200) throw new Error(`no request: ${JSON.stringify(body)}`);
    return { deviceCode: String(body['device_code']), userCode: String(body['user_code']) };
  }

  polls({ deviceCode }: PageCodes, stores = this.webStores): Promise<WebAnswer> {
    const form = { grant_type: GRANT_TYPE, device_code: deviceCode };
    return this.post('/v1/token', form, stores);
  }

  async authorize(person: Person, event: object, stores = this.webStores): Promise<WaysInReply> {
    const environment = this.environment(person, stores);
    const main = withOpenSession(
      'authorize',
      (call, opened) => authorizeAction(call, opened, { grants: stores.grants, limit: noLimit() }),
      { environment },
    );
    return (await main(event)) as WaysInReply;
  }

  /** What the token of a page opens over HTTP. */
  opens(token: string, stores = this.webStores): Promise<WebAnswer> {
    const headers = { authorization: `Bearer ${token}` };
    return this.send('/v1/session', { headers }, stores);
  }

  post(path: string, form: Record<string, string>, stores = this.webStores): Promise<WebAnswer> {
    const body = new URLSearchParams({ client_id: SITE.id, ...form });
    return this.send(path, { method: 'POST', body }, stores);
  }

  async send(path: string, init: RequestInit, stores = this.webStores): Promise<WebAnswer> {
    const app = createGatewayApp({
      environment: this.environment(NOBODY, stores),
      config: gatewayConfig({ sites: [SITE] }),
      exchangeCode: (_app, openid) => Promise.resolve({ ok: true, openid }),
      limit: noLimit(),
      webSignIn: { grants: stores.grants, whileSignedIn: this.whileSignedIn },
    });
    const request = new Request(`https://gateway.invalid${path}`, init);
    const response = await app.fetch(request, { clientAddress: undefined, isTooLarge: false });
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, body };
  }

  /** Those that would be accepted now. */
  liveWebSessions(account: AccountId): Session[] {
    return [...this.sessions.values()].filter(
      (session) =>
        session.client !== undefined &&
        accountOf(session) === account &&
        session.state === 'active' &&
        session.expiresAt.getTime() > this.now,
    );
  }

  isActive(token: string): boolean {
    const read = readToken(token);
    const found = read && this.sessions.get(read.id);
    return found?.state === 'active' && found.tokenHash === read?.hash;
  }
}

/** Calls as an actor among others. */
export function webActor(
  world: WebSignInWorld,
  run: (stores: WebStores) => Promise<unknown>,
): Actor {
  return (store, gate) =>
    run({
      store,
      attempts: world.stores.attempts,
      identities: gate(world.stores.identities),
      grants: gate(world.webStores.grants),
    });
}
