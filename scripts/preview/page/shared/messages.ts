import type { Theme } from '../../bundle/bundle';
import { isPhoneId, type PhoneId } from './devices';
import { isRecord } from './is-record';

/** From the panel to a phone: what changed around it. */
export interface Surroundings {
  theme: Theme;
  online: boolean;
  clockOffsetMs: number;
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
  const { theme, online, clockOffsetMs } = value;
  if ((theme !== 'light' && theme !== 'dark') || typeof online !== 'boolean') return undefined;
  return typeof clockOffsetMs === 'number' ? { theme, online, clockOffsetMs } : undefined;
}

export function readPhoneEvent(value: unknown): PhoneEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { phone, event } = value;
  if (!isPhoneId(phone) || (event !== 'started' && event !== 'called')) return undefined;
  return { phone, event };
}
