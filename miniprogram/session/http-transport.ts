/**
 * The session's functions through the gateway, for apps without Cloud Development: in the place of
 * `wx.cloud.callFunction`, with the same requests and replies. No `wx` in here.
 */
import type { Refusal, SessionErrorCode } from '../../cloudfunctions/shared/session/contract';
import type { CallFunction } from './cloud-call';

export interface HttpRequest {
  url: string;
  method: 'GET' | 'POST' | 'DELETE';
  header: Record<string, string>;
  data?: object;
}

export interface HttpTransportDependencies {
  /** Without a slash at the end. */
  gatewayUrl: string;
  platform: 'wechat' | 'qq';
  appid: string;
  /** A login code of the platform, a new one each time: a code is good once. */
  loginCode: () => Promise<string>;
  /** Rejects when no answer came back. */
  request: (request: HttpRequest) => Promise<{ statusCode: number; data: unknown }>;
}

type Data = Record<string, unknown>;

export function httpTransport(dependencies: HttpTransportDependencies): CallFunction {
  const { gatewayUrl, platform, appid, loginCode, request } = dependencies;

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
    return {
      result: statusCode === 200 ? { ok: true, ...(reply as object) } : refusalOf(statusCode),
    };
  }

  return async ({ name, data }) => {
    const { sessionToken: token } = data;
    if (name === 'login') {
      const body: Data = { platform, appid, code: await loginCode(), device: data['device'] };
      return send('POST', '/v1/login', undefined, body);
    }
    if (name === 'logout') {
      const reply = await send('POST', '/v1/logout', token, { scope: data['scope'] });
      // What is not good any more needs no ending (RFC 7009, section 2.2).
      return isMissing(reply.result) ? { result: { ok: true, ended: 0 } } : reply;
    }
    if (name !== 'session') return { result: refusal('INTERNAL') };
    if (data['action'] === 'list') return send('GET', '/v1/sessions', token);
    if (data['action'] !== 'revoke') return send('GET', '/v1/session', token);
    return send('DELETE', `/v1/sessions/${encodeURIComponent(String(data['sessionId']))}`, token);
  };
}

/** The gateway tells nobody why a token is bad: such a session is just missing. */
function refusalOf(statusCode: number): Refusal {
  if (statusCode === 401) return refusal('SESSION_MISSING');
  if (statusCode === 404) return { ...refusal('SESSION_MISSING'), detail: { field: 'sessionId' } };
  if (statusCode === 429 || statusCode >= 500)
    return { ...refusal('UNAVAILABLE'), retryable: true };
  return refusal('INVALID_INPUT');
}

function refusal(code: SessionErrorCode): Refusal {
  return { ok: false, code, message: '', retryable: false };
}

function isMissing(result: unknown): boolean {
  return (result as { code?: unknown }).code === 'SESSION_MISSING';
}
