import { expect, test } from '@jest/globals';
import { readDevice } from '../../../miniprogram/session/device';

test.each([
  [{ brand: 'iPhone', model: 'iPhone 15 Pro<iPhone16,1>', platform: 'ios' }, 'iPhone 15 Pro'],
  [{ brand: 'Xiaomi', model: '23127PN0CC', platform: 'android' }, 'Xiaomi 23127PN0CC'],
  [{ brand: 'HUAWEI', model: 'HUAWEI P60', platform: 'android' }, 'HUAWEI P60'],
  [{ brand: 'devtools', model: 'iPhone 12/13 (Pro)', platform: 'devtools' }, 'iPhone 12/13 (Pro)'],
  [{ brand: '', model: '', platform: '' }, ''],
])('%j is called %j', (reported, name) => {
  expect(readDevice(reported)).toEqual({ name, platform: reported.platform });
});

test('an over-long name is cut to what the login function accepts', () => {
  const { name, platform } = readDevice({
    brand: 'b',
    model: 'm'.repeat(500),
    platform: 'p'.repeat(500),
  });
  expect([name.length, platform.length]).toEqual([64, 32]);
});
