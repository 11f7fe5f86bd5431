/**
 * The phone number that a person agreed to share: the one with which the code or CloudID begins, as
 * `13800138000.` and anything, else one that is made up, the same for the same OPENID.
 */
import { createHash } from 'node:crypto';
import type { Fields } from '../bson/fields';

/**
 * @param shared a code or CloudID
 * @param of the OPENID
 */
function phoneNumberIn(shared: string, of: string): string {
  const [, chosen] = /^(1\d{10})\./.exec(shared) ?? [];
  if (chosen !== undefined) return chosen;
  const digits = createHash('sha256').update(of).digest().readUInt32BE() % 100_000_000;
  return `199${String(digits).padStart(8, '0')}`;
}

/**
 * In the shape of
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.html,
 * where open data uses the same names.
 *
 * @param shared the code or CloudID that stands for it
 * @param of the OPENID
 */
export function phoneInfoOf(shared: string, of: string, appid: string, nowMs: number): Fields {
  const phoneNumber = phoneNumberIn(shared, of);
  return {
    phoneNumber,
    purePhoneNumber: phoneNumber,
    countryCode: '86',
    watermark: { timestamp: Math.floor(nowMs / 1000), appid },
  };
}
