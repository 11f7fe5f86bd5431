/**
 * The session's functions through the gateway, for apps without Cloud Development: takes the place
 * of `wx.cloud.callFunction`, with the same requests and replies. No `wx` in here.
 */
import type { CallFunction } from './cloud-call';
import { isEndCode, isErrorCode, isRecord, refusal } from './replies';

export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST' | 'DELETE';
  header: Record<string, string>;
  data?: object;
}

export interface HttpTransportDependencies {
  /** Without a slash at the end. */
  gatewayUrl: string;
  provider: 'wechat' | 'qq';
  /** Asked for at each sign-in. */
  readonly appid: string;
  /** A login code of the provider, a new one each time: a code is good once. */
  loginCode: () => Promise<string>;
  /** Rejects when no answer came back. */
  request: (request: HttpRequest) => Promise<{ statusCode: number; data: unknown }>;
}

export function httpTransport(dependencies: HttpTransportDependencies): CallFunction {
  const { gatewayUrl, provider, loginCode, request } = dependencies;

  async function send(
    method: HttpRequest['method'],
    path: string,
    token?: unknown,
    data?: object,
  ): Promise<{ result: unknown }> {
    const { statusCode, data: reply } = await request({
      url: gatewayUrl + path,
      method,
      header: {
        'content-type': 'application/json',
        ...(typeof token === 'string' && { authorization: `Bearer ${token}` }),
      },
      ...(data && { data }),
    });
    return { result: resultOf(statusCode, reply) };
  }

  return async ({ name, data }) => {
    const { sessionToken: token, ...rest } = data;
    if (name === 'login' || name === 'login-password') {
      const code = await loginCode();
      return send('POST', '/v1/login', undefined, {
        ...data,
        platform: provider,
        appid: dependencies.appid,
        code,
      });
    }
    if (name === 'logout') {
      return send('POST', '/v1/logout', token, { scope: 'this', ...rest });
    }
    if (name === 'login-phone' || name === 'identity') return { result: refusal('NOT_OFFERED') };
    if (name !== 'session') return { result: refusal('INTERNAL') };
    if (data['action'] === 'list') return send('GET', '/v1/sessions', token);
    if (data['action'] !== 'revoke') return send('GET', '/v1/session', token);
    return send('DELETE', `/v1/sessions/${encodeURIComponent(String(data['sessionId']))}`, token);
  };
}

/**
 * The contract's reply or refusal, and nothing else: a proxy's 404, a captive portal's 200 or any
 * other answer from in between says nothing about the session. Each problem of the gateway repeats
 * its status and has a code of the contract.
 */
function resultOf(statusCode: number, body: unknown): unknown {
  if (statusCode === 200) return isRecord(body) ? { ...body, ok: true } : undefined;
  if (!isRecord(body) || body['status'] !== statusCode || !isErrorCode(body['code'])) {
    return undefined;
  }
  const { code, field, retryAt } = body;
  // A bad token is always a 401; with a field, the code is about the session to end.
  if (isEndCode(code) && statusCode !== (typeof field === 'string' ? 404 : 401)) return undefined;
  const detail = {
    ...(typeof field === 'string' && { field }),
    ...(typeof retryAt === 'number' && { retryAt }),
  };
  return Object.keys(detail).length > 0 ? { ...refusal(code), detail } : refusal(code);
}
