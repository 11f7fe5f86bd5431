/** What a page in a browser has of this: a storage, a document to hide, and a gateway to ask. */
import { jest } from '@jest/globals';

export const PLACE = { gateway: 'https://gateway.example/path', site: 'shop' };
export const URI = 'https://gateway.example/path/v1/device?user_code=BCDF-GHJK';
export const TOKEN = 't'.repeat(43);

export interface Asked {
  method: string;
  path: string;
  form: Record<string, string>;
  authorization: string | null;
  atMs: number;
}

export const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
export const code = (changes: object = {}): Response =>
  answer(200, {
    device_code: 'the-device-code',
    user_code: 'BCDF-GHJK',
    verification_uri: 'https://gateway.example/path/v1/device',
    verification_uri_complete: URI,
    expires_in: 300,
    interval: 5,
    ...changes,
  });
export const error = (word: string): Response => answer(400, { error: word });
export const accessToken = (): Response =>
  answer(200, { access_token: TOKEN, token_type: 'Bearer', expires_in: 86_400 });
export const over = (): Response => answer(401, { status: 401, code: 'SESSION_MISSING' });
export const proxyPage = (status: number): Response =>
  new Response('<html>Sign in to this network</html>', { status });

export type Gateway = (asked: Asked) => Response | Promise<Response> | Error;

export function openPage() {
  const asked: Asked[] = [];
  let gateway: Gateway = () => new Error('offline');
  const visibility = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const kept = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const tabs = new EventTarget();
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    init.signal?.throwIfAborted();
    const { pathname, origin } = new URL(url);
    const headers = new Headers(init.headers);
    const one = {
      method: init.method ?? 'GET',
      path: (origin + pathname).replace(`${PLACE.gateway}/v1/`, ''),
      form: Object.fromEntries(new URLSearchParams((init.body ?? '') as URLSearchParams)),
      authorization: headers.get('Authorization'),
      atMs: performance.now(),
    };
    asked.push(one);
    const given = await gateway(one);
    if (given instanceof Error) throw given;
    return given;
  };
  Object.assign(globalThis, {
    fetch,
    document: visibility,
    localStorage,
    addEventListener: tabs.addEventListener.bind(tabs),
    removeEventListener: tabs.removeEventListener.bind(tabs),
  });
  return {
    asked,
    kept,
    localStorage,
    tabs,
    paths: () => asked.map(({ path }) => path),
    answers(next: Gateway) {
      gateway = next;
    },
    show(state: 'visible' | 'hidden') {
      visibility.visibilityState = state;
      visibility.dispatchEvent(new Event('visibilitychange'));
    },
    pass: (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1_000),
  };
}
