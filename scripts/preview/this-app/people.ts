import type { DeviceProfile } from '../page/phone/environment';

/** The app that a phone runs the mini program in. On QQ there is no Cloud Development: it signs in over HTTP. */
export type Platform = 'wechat' | 'qq';

export type PhoneId = 'A' | 'B';
export type PersonId = 'lin' | 'zhou';

export interface Person {
  name: { zh: string; en: string };
  /** Made up, and different on each platform, as real ones are. */
  openids: Record<Platform, string>;
}

export const PEOPLE: Record<PersonId, Person> = {
  lin: {
    name: { zh: '小林', en: 'Lin' },
    openids: {
      wechat: 'oPreview_Lin_000000000000001',
      qq: '0000000000000000000000PREVIEWLIN',
    },
  },
  zhou: {
    name: { zh: '小周', en: 'Zhou' },
    openids: {
      wechat: 'oPreview_Zhou_00000000000002',
      qq: '000000000000000000000PREVIEWZHOU',
    },
  },
};

export const DEVICES: Record<PhoneId, DeviceProfile> = {
  A: { brand: 'iPhone', model: 'iPhone 15<iPhone15,4>', platform: 'ios', system: 'iOS 17.5' },
  B: { brand: 'Xiaomi', model: 'Xiaomi 14', platform: 'android', system: 'Android 14' },
};

/** The app the calls come from; made up. */
export const APPID = 'wx0000000000preview';
export const QQ_APPID = '1100000000';

export function isPhoneId(value: unknown): value is PhoneId {
  return value === 'A' || value === 'B';
}

export function isPlatform(value: unknown): value is Platform {
  return value === 'wechat' || value === 'qq';
}

export function isPersonId(value: unknown): value is PersonId {
  return value === 'lin' || value === 'zhou';
}
