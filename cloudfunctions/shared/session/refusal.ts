import type { Refusal, RefusalDetail, SessionErrorCode } from './contract';

/**
 * For mini programs that show what the function says. The one in this project has its own texts by
 * code, in the person's language.
 */
const messages = {
  NO_IDENTITY: '无法确认你的微信身份，请在微信中打开小程序',
  INVALID_INPUT: '请求有误，请更新小程序后重试',
  SESSION_MISSING: '你尚未登录或已退出登录，请重新登录',
  SESSION_EXPIRED: '登录已过期，请重新登录',
  SESSION_REPLACED: '你的账号已在另一台设备上登录',
  SESSION_REVOKED: '你已在另一台设备上结束了本次登录',
  SESSION_NOT_FRESH: '为了账号安全，请重新登录后再试',
  IDENTITY_TAKEN: '该登录方式已绑定其他账号',
  IDENTITY_UNKNOWN: '账号名或密码不正确',
  LAST_IDENTITY: '这是唯一的登录方式，解除绑定后将无法登录',
  NOT_OFFERED: '暂不支持该登录方式，请换一种方式登录',
  ACCOUNT_BLOCKED: '账号已被停用，如有疑问请联系客服',
  TOO_MANY_ATTEMPTS: '操作过于频繁，请稍后再试',
  UNAVAILABLE: '服务繁忙，请稍后重试',
  INTERNAL: '服务出了点问题，请稍后重试',
} satisfies Record<SessionErrorCode, string>;

export function refuse(code: SessionErrorCode, detail?: RefusalDetail): Refusal {
  const refusal = {
    ok: false,
    code,
    message: messages[code],
    retryable: code === 'UNAVAILABLE' || code === 'TOO_MANY_ATTEMPTS',
  } as const;
  return detail === undefined ? refusal : { ...refusal, detail };
}
