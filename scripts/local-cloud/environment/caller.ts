/** Who calls a function, and the environment variables by which the function learns it. */

export interface CallerIdentity {
  openid?: string;
  appid?: string;
  unionid?: string;
  /** e.g. `wx_client`; a chain such as `wx_client,scf` when functions call functions. */
  source: string;
}

/** The variables of one call, which the platform's runtime sets in `process.env` and `context`. */
export function callerVariables(caller: CallerIdentity, requestId: string): Record<string, string> {
  return {
    ...(caller.openid !== undefined && { WX_OPENID: caller.openid }),
    ...(caller.openid !== undefined && caller.appid !== undefined && { WX_APPID: caller.appid }),
    ...(caller.unionid !== undefined && { WX_UNIONID: caller.unionid }),
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_UNIONID',
    // wx-server-sdk 2.1 and 2.2 read the address only where it is listed.
    TCB_CONTEXT_KEYS: 'TCB_SOURCE,TCB_SEQID,TCB_CONTEXT_CNFG',
    TCB_SOURCE: caller.source,
    TCB_SEQID: requestId,
  };
}

/** Calls of a mini program carry the caller in the event too, which functions should not trust. */
export function eventFor(caller: CallerIdentity, data: unknown): unknown {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!isObject || caller.openid === undefined) return data;
  return { ...data, userInfo: { appId: caller.appid ?? '', openId: caller.openid } };
}
