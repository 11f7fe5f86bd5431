import type { DeviceProfile } from '../phone/state/environment';

export type PhoneId = 'A' | 'B';

export const DEVICES: Record<PhoneId, DeviceProfile> = {
  A: { brand: 'iPhone', model: 'iPhone 15<iPhone15,4>', platform: 'ios', system: 'iOS 17.5' },
  B: { brand: 'Xiaomi', model: 'Xiaomi 14', platform: 'android', system: 'Android 14' },
};

export function isPhoneId(value: unknown): value is PhoneId {
  return value === 'A' || value === 'B';
}
