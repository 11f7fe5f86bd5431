import type { Theme } from '../../bundle/bundle';
import { isPhoneNumberAnswer, type PhoneNumberAnswer } from '../phone/state/phone-number';
import { isPhoneId, type PhoneId } from './devices';
import { isRecord } from './is-record';

export {
  isPhoneNumberAnswer,
  PHONE_NUMBER_ANSWERS,
  type PhoneNumberAnswer,
} from '../phone/state/phone-number';

/** From the panel to a phone: what changed around it. */
export interface Surroundings {
  theme: Theme;
  online: boolean;
  clockOffsetMs: number;
  phoneNumberAnswer: PhoneNumberAnswer;
}

/**
 * From a phone to the panel: it has started and asks for its surroundings, or it called the cloud.
 */
export interface PhoneEvent {
  phone: PhoneId;
  event: 'started' | 'called';
}

export function readSurroundings(value: unknown): Surroundings | undefined {
  if (!isRecord(value)) return undefined;
  const { theme, online, clockOffsetMs, phoneNumberAnswer } = value;
  if ((theme !== 'light' && theme !== 'dark') || typeof online !== 'boolean') return undefined;
  if (typeof clockOffsetMs !== 'number' || !isPhoneNumberAnswer(phoneNumberAnswer)) {
    return undefined;
  }
  return { theme, online, clockOffsetMs, phoneNumberAnswer };
}

export function readPhoneEvent(value: unknown): PhoneEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { phone, event } = value;
  if (!isPhoneId(phone) || (event !== 'started' && event !== 'called')) return undefined;
  return { phone, event };
}
