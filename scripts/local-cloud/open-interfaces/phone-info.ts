/** The phone number of a person, made up: the same for the same OPENID. */
import { createHash } from 'node:crypto';
import type { Fields } from '../bson/fields';

/** @param of the OPENID */
function phoneNumberOf(of: string): string {
  const digits = createHash('sha256').update(of).digest().readUInt32BE() % 100_000_000;
  return `199${String(digits).padStart(8, '0')}`;
}

/**
 * In the shape of
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.html,
 * where open data uses the same names.
 *
 * @param of the OPENID
 */
export function phoneInfoOf(of: string, appid: string, nowMs: number): Fields {
  const phoneNumber = phoneNumberOf(of);
  return {
    phoneNumber,
    purePhoneNumber: phoneNumber,
    countryCode: '86',
    watermark: { timestamp: Math.floor(nowMs / 1000), appid },
  };
}
