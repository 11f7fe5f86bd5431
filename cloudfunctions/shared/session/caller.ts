/**
 * Who is calling. The platform tells it through the environment of the function, where no caller can write; everything
 * in `event`, `event.userInfo` included, can be written by the caller and is not looked at.
 */
import type { Owner } from './session';

export interface Caller extends Owner {
  unionid?: string;
}

/**
 * Fails closed: `undefined` unless WeChat vouches for the identity.
 *
 * @param wxContext what `cloud.getWXContext()` returned. It is `{}` outside a call, and turns all-digit values into
 * numbers.
 * @param trustedSources first entries of SOURCE that are believed. SOURCE is a comma-separated chain, where
 * `wx_client,scf` is a function called by a function that a phone called.
 */
export function readCaller(
  wxContext: Readonly<Record<string, unknown>>,
  trustedSources: readonly string[],
): Caller | undefined {
  const source = text(wxContext['SOURCE'])?.split(',')[0];
  if (source === undefined || !trustedSources.includes(source)) return undefined;

  // With resource sharing the environment belongs to another mini program, and FROM_* names the one that calls.
  const shared = text(wxContext['FROM_OPENID']) ?? text(wxContext['FROM_APPID']);
  const from = (name: string) => text(wxContext[shared === undefined ? name : `FROM_${name}`]);
  const openid = from('OPENID');
  const appid = from('APPID');
  const unionid = from('UNIONID');
  if (openid === undefined || appid === undefined) return undefined;
  return { openid, appid, ...(unionid !== undefined && { unionid }) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
