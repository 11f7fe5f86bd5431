/**
 * Exchanges the code of a phone button for the number, by WeChat's open interface
 * `phonenumber.getPhoneNumber`, which the function's config.json has to permit:
 * https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/phonenumber/phonenumber.getPhoneNumber.html
 */
import * as cloud from 'wx-server-sdk';
import { isRecord } from '../identity/is-record';
import { phoneNumberOf, type PhoneNumber } from '../identity/phone-number';

/**
 * `bad`: the code was used, has expired, or is none of this mini program. Rejects when WeChat could
 * not be asked, or refuses for another reason.
 */
export type ReadPhoneNumber = (code: string) => Promise<PhoneNumber | 'bad'>;

/** A wrong, used or expired code; a code of another mini program. */
const BAD_CODES: readonly unknown[] = [40029, 40013];
const NO_PERMISSION = -604101;

interface PhoneApi {
  getPhoneNumber: (data: { code: string }) => Promise<unknown>;
}

export const readPhoneNumber: ReadPhoneNumber = async (code) => {
  try {
    // The SDK makes a call of any path, which its types don't know.
    const { phonenumber } = cloud.openapi as Record<string, PhoneApi>;
    const reply = await phonenumber?.getPhoneNumber({ code });
    const info = isRecord(reply) ? reply['phoneInfo'] : undefined;
    const number = isRecord(info)
      ? phoneNumberOf(info['countryCode'], info['purePhoneNumber'])
      : undefined;
    if (number !== undefined) return number;
  } catch (error) {
    const errCode = isRecord(error) ? error['errCode'] : undefined;
    if (BAD_CODES.includes(errCode)) return 'bad';
    throw errCode === NO_PERMISSION ? withHint(error) : error;
  }
  // Without the answer, which may hold a number.
  throw Object.assign(new Error('phonenumber.getPhoneNumber answered without a number'), {
    errCode: -1,
  });
};

function withHint(cause: unknown): Error {
  const message =
    'the function may not call phonenumber.getPhoneNumber (-604101): upload it once with WeChat DevTools, which reads its config.json, and wait ten minutes';
  return Object.assign(new Error(message, { cause }), { errCode: NO_PERMISSION });
}
