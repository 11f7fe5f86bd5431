/** WeChat's open interfaces (云调用), as far as a deployment goes. */
import { text } from '../lib/language';
import type { FunctionResource } from './resources';
import { signInMethodsIn } from './sign-in-methods';

/** Those that a function really calls: numbers are asked for only where people sign in by them. */
export function calledInterfaces(
  { openapi }: FunctionResource['permissions'],
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  const hasPhone = signInMethodsIn(variables).includes('phone');
  return openapi.filter((name) => hasPhone || !name.startsWith('phonenumber.'));
}

/**
 * After the name of a function. WeChat documents that DevTools set the permission (config.json),
 * and not whether the management API does:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/openapi/openapi.html
 */
export function mayLackPermission(interfaces: readonly string[]): string {
  return text({
    zh: `会调用 ${interfaces.join('、')}。如果云端以 -604101 拒绝，请用微信开发者工具把这个云函数“上传并部署”一次，权限随之设好，最迟十分钟后生效。`,
    en: `calls ${interfaces.join(', ')}. If the cloud refuses that with -604101, upload this function once with WeChat DevTools (上传并部署), which sets the permission; it holds after ten minutes at the latest.`,
  });
}
