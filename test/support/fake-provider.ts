/**
 * A provider's server that exchanges login codes, on loopback. `lin-1`, `lin-2` … are codes of Lin,
 * each good once; other codes name the error that they cause.
 */
import { createServer } from 'node:http';
import { listenOnLoopback } from '../../scripts/lib/loopback-server';

export interface FakeProvider {
  readonly url: string;
  /** The queries that arrived. */
  readonly requests: URLSearchParams[];
  close(): Promise<void>;
}

export const FAKE_SECRET = 'f4ke-app-secret';
export const SESSION_KEY = 'c2Vzc2lvbi1rZXk=';

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
const ERRORS: Readonly<Record<string, number>> = {
  busy: -1,
  invalid: 40029,
  used: 40163,
  blocked: 40226,
  frequent: 45011,
  'wrong-appid': 40013,
  'wrong-secret': 40125,
};

export async function startFakeProvider(): Promise<FakeProvider> {
  const requests: URLSearchParams[] = [];
  const used = new Set<string>();
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://provider.invalid');
    requests.push(searchParams);
    const code = searchParams.get('js_code') ?? '';
    if (code === 'silent') return;
    if (code === 'html') {
      response.end('<html>502</html>');
      return;
    }
    if (code === 'closed') {
      response.destroy();
      return;
    }
    if (code === 'redirected') {
      const query = new URLSearchParams(searchParams);
      query.set('js_code', 'lin-redirected');
      response.writeHead(307, { location: `/elsewhere?${query.toString()}` }).end();
      return;
    }
    response.end(JSON.stringify(answer(code, searchParams.get('secret'), used)));
    used.add(code);
  });
  const { url, close } = await listenOnLoopback(server);
  return { url, requests, close };
}

function answer(code: string, secret: string | null, used: ReadonlySet<string>): object {
  const errcode = secret === FAKE_SECRET ? ERRORS[code] : 40125;
  if (errcode !== undefined) return { errcode, errmsg: code };
  if (used.has(code)) return { errcode: 40163, errmsg: 'code been used' };
  const [person = ''] = code.split('-');
  return { openid: `openid-of-${person}`, session_key: SESSION_KEY, unionid: `union-${person}` };
}
