import type { DeviceProfile } from './phone/environment';

export type PhoneId = 'A' | 'B';
export type PersonId = 'lin' | 'zhou';

export interface Person {
  name: { zh: string; en: string };
  /** As long as WeChat's, and made up. */
  openid: string;
}

export const PEOPLE: Record<PersonId, Person> = {
  lin: { name: { zh: '小林', en: 'Lin' }, openid: 'oPreview_Lin_000000000000001' },
  zhou: { name: { zh: '小周', en: 'Zhou' }, openid: 'oPreview_Zhou_00000000000002' },
};

export const DEVICES: Record<PhoneId, DeviceProfile> = {
  A: { brand: 'iPhone', model: 'iPhone 15<iPhone15,4>', platform: 'ios', system: 'iOS 17.5' },
  B: { brand: 'Xiaomi', model: 'Xiaomi 14', platform: 'android', system: 'Android 14' },
};

/** The app the calls come from; made up. */
export const APPID = 'wx0000000000preview';

export function isPhoneId(value: unknown): value is PhoneId {
  return value === 'A' || value === 'B';
}

export function isPersonId(value: unknown): value is PersonId {
  return value === 'lin' || value === 'zhou';
}
