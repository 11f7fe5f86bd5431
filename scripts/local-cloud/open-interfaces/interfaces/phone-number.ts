/**
 * `phonenumber.getPhoneNumber`: any code is good once, and gives the number with which it begins or
 * one of the caller; but one that begins with `used.` was used before.
 */
import { requiredText, WeChatError, type OpenInterface } from '../open-interface';
import { phoneInfoOf } from '../phone-info';

const INVALID_CODE = [40029, 'invalid code'] as const;

export const getPhoneNumber: OpenInterface = {
  answer(call) {
    const { caller, appid, nowMs, state } = call;
    const code = requiredText(call, 'code', ...INVALID_CODE);
    if (code.startsWith('used.') || state.usedCodes.has(code)) throw new WeChatError(...INVALID_CODE);
    state.usedCodes.add(code);
    return { phone_info: phoneInfoOf(code, caller.openid ?? code, appid, nowMs) };
  },
};
