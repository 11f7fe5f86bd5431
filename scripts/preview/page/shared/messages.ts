import { readBuild, type Build } from '../../bundle/build';
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

/** From the panel to a phone that looks: what is in front of it. */
export interface Sight {
  picture: ImageData | undefined;
}

/** From the panel to a phone: the mini program that there is to show by now. */
export interface Offer {
  build: Build;
}

/**
 * From a phone to the panel: it has started and asks for its surroundings, it called the cloud, its
 * camera looks at the web page, or it runs another build than the one on offer, and wants to be
 * started again.
 */
export interface PhoneEvent {
  phone: PhoneId;
  event: 'started' | 'called' | 'looks' | 'outdated';
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
  if (!isPhoneId(phone) || !isEvent(event)) return undefined;
  return { phone, event };
}

const isEvent = (value: unknown): value is PhoneEvent['event'] =>
  value === 'started' || value === 'called' || value === 'looks' || value === 'outdated';

export function readOffer(value: unknown): Offer | undefined {
  const build = isRecord(value) ? readBuild(value['build']) : undefined;
  return build && { build };
}

export function readSight(value: unknown): Sight | undefined {
  if (!isRecord(value) || !('picture' in value)) return undefined;
  const { picture } = value;
  return picture === undefined || picture instanceof ImageData ? { picture } : undefined;
}
