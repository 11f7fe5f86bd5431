/**
 * `<button open-type="getPhoneNumber">` and `"getRealtimePhoneNumber"`:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html. What
 * WeChat says besides `errno` 1400001 when the balance is used up is not documented.
 */
import type { BuiltInElement } from './built-in/element';
import type { Copy } from './chrome/copy';
import { askForPhoneNumber } from './chrome/phone-number-sheet';
import type { Environment } from './state/environment';
import type { Privacy } from './state/privacy';

export interface PhoneNumberContext {
  layer: HTMLElement;
  copy: Copy;
  environment: Environment;
  privacy: Privacy;
  /** Of the person whose phone it is; the first is the one that WeChat knows. */
  phoneNumbers: readonly string[];
}

type OpenType = 'getPhoneNumber' | 'getRealtimePhoneNumber';

export function givePhoneNumber(
  openType: OpenType,
  context: PhoneNumberContext,
): (element: BuiltInElement) => Promise<void> {
  return async (element) => {
    const { code, errno, problem } = await outcome(openType, context);
    element.emit(openType.toLowerCase(), {
      errMsg: problem === undefined ? `${openType}:ok` : `${openType}:fail ${problem}`,
      ...(errno !== undefined && { errno }),
      ...(code !== undefined && { code, cloudID: code }),
    });
  };
}

interface Outcome {
  code?: string;
  errno?: number;
  problem?: string;
}

const DECLINED: Outcome = { problem: 'user deny' };

async function outcome(
  openType: OpenType,
  { layer, copy, environment, privacy, phoneNumbers }: PhoneNumberContext,
): Promise<Outcome> {
  try {
    await privacy.authorize(`button.${openType}`);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : '' };
  }
  if (!environment.online) return { problem: 'network error' };
  const answer = environment.phoneNumberAnswer;
  if (answer === 'notCertified') return { problem: 'no permission' };
  if (answer === 'noBalance') return { errno: 1400001, problem: 'no balance' };
  if (answer === 'declined') return DECLINED;
  const number = await askForPhoneNumber(layer, copy, phoneNumbers);
  if (number === undefined) return DECLINED;
  // By how it begins the local cloud knows what it stands for.
  const meaning = answer === 'usedCode' ? 'used' : number;
  return { code: `${meaning}.${random()}${random()}` };
}

function random(): string {
  return Math.floor(Math.random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
}
