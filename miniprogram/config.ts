import type { SignInMethod } from './settings/index';

/**
 * The id of your cloud environment: 云开发控制台 > 设置 > 环境 ID. Nothing else in the mini program
 * names it. (The appid is in project.config.json.)
 */
export const cloudEnvId = 'your-env-id';

/** The page that shows what people agree to, with `?name=terms` or `?name=privacy`. */
export const legalPage = '/pages/legal/index';

/**
 * How the session reaches its functions: `cloud` by `wx.cloud.callFunction`, or `http` by
 * `wx.request` to the gateway, for apps without Cloud Development. Your own functions, such as
 * `note`, are reached by `cloud` only.
 */
export const transport = 'cloud' as 'cloud' | 'http';

/**
 * For `http`: where the function `gateway` is reached, without a slash at the end, and whose app
 * this is. `platform` is what the gateway calls WeChat or QQ.
 */
export const gateway = { url: '', platform: 'wechat' as 'wechat' | 'qq' };

/**
 * Whether people sign in on web pages by this mini program. Say `false` where no site is configured
 * (`GATEWAY_SITES`): then nothing of it is shown.
 */
export const webSignIn = true as boolean;

/**
 * The ways in that the sheet offers: `SIGN_IN_METHODS` of cloudfunctions/resources.json, which the
 * build fills in here.
 */
export const signInMethods = (process.env['SIGN_IN_METHODS'] ?? 'wechat').split(
  ',',
) as readonly SignInMethod[];
