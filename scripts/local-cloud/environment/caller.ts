/** Who calls a function, and the environment variables by which the function learns it. */
import { apiTokenFor } from './api-token';

export interface CallerIdentity {
  openid?: string;
  /** Of the mini program that the call came through, also where there is no person. */
  appid?: string;
  unionid?: string;
  /** e.g. `wx_client`; a chain such as `wx_client,scf` when functions call functions. */
  source: string;
  /** The fields of the data that WeChat filled from a CloudID. */
  openDataKeys?: readonly string[];
}

/** https://developers.weixin.qq.com/minigame/dev/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html */
const WX_KEYS = [
  ...['WX_OPENID', 'WX_APPID', 'WX_UNIONID', 'WX_OPEN_DATA_INFO'],
  // The SDK reads them only where they are listed, and keeps them out of `getWXContext`.
  ...['WX_API_TOKEN', 'WX_TRIGGER_API_TOKEN_V0'],
];

/** The variables of one call, which the platform's runtime sets in `process.env` and `context`. */
export function callerVariables(caller: CallerIdentity, requestId: string): Record<string, string> {
  const { openid, appid, unionid, source, openDataKeys = [] } = caller;
  return {
    ...(openid !== undefined && { WX_OPENID: openid }),
    ...(openid !== undefined && appid !== undefined && { WX_APPID: appid }),
    ...(unionid !== undefined && { WX_UNIONID: unionid }),
    ...(openDataKeys.length > 0 && {
      WX_OPEN_DATA_INFO: JSON.stringify({ keys: openDataKeys }),
    }),
    ...apiTokens(caller, requestId),
    WX_CONTEXT_KEYS: WX_KEYS.join(','),
    // wx-server-sdk 2.1 and 2.2 read the address only where it is listed.
    TCB_CONTEXT_KEYS: 'TCB_SOURCE,TCB_SEQID,TCB_CONTEXT_CNFG',
    TCB_SOURCE: source,
    TCB_SEQID: requestId,
  };
}

/**
 * Timers have a token of their own kind. HTTP access has none: its requests reach the function
 * without WeChat.
 */
function apiTokens({ appid, source }: CallerIdentity, requestId: string): Record<string, string> {
  const token = apiTokenFor(requestId);
  if (source.split(',')[0] === 'wx_trigger') {
    return { TRIGGER_SRC: 'timer', WX_TRIGGER_API_TOKEN_V0: token };
  }
  return appid === undefined ? {} : { WX_API_TOKEN: token };
}

/** Calls of a mini program carry the caller in the event too, which functions should not trust. */
export function eventFor(caller: CallerIdentity, data: unknown): unknown {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!isObject || caller.openid === undefined) return data;
  return { ...data, userInfo: { appId: caller.appid ?? '', openId: caller.openid } };
}
