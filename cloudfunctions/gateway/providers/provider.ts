/**
 * A provider of identities whose login codes can be exchanged. To add one, write a file like its
 * neighbours and list it in `index.ts`.
 */

export interface Provider {
  /** Of its server, without a slash at the end. */
  url: string;
  /** The path of `jscode2session` below it. */
  path: string;
  outcomeOf: (reply: Readonly<Record<string, unknown>>) => CodeOutcome;
}

export type CodeOutcome =
  | { ok: true; openid: string; unionid?: string }
  /**
   * `bad`: wrong, expired or used. `tooFrequent`, `busy`: try later. `misconfigured`: appid or
   * secret is wrong.
   */
  | { ok: false; reason: 'bad' | 'tooFrequent' | 'busy' | 'misconfigured'; errcode: number };

/**
 * What WeChat and QQ have in common: `errcode`, absent or 0 when all is well, else `openid`, and
 * maybe `unionid`.
 */
export function decodeSessionReply(
  { errcode = 0, openid, unionid }: Readonly<Record<string, unknown>>,
  reasons: Readonly<Record<number, 'bad' | 'tooFrequent' | 'busy'>>,
): CodeOutcome {
  const code = Number(errcode);
  if (code !== 0) return { ok: false, reason: reasons[code] ?? 'misconfigured', errcode: code };
  if (typeof openid !== 'string' || openid === '') return { ok: false, reason: 'busy', errcode: 0 };
  return { ok: true, openid, ...(typeof unionid === 'string' && unionid !== '' && { unionid }) };
}
