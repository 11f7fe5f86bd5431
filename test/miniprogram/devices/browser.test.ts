import { expect, test } from '@jest/globals';
import { browserOf } from '../../../miniprogram/devices/browser';
import { zhCN } from '../../../miniprogram/i18n/copy';

test.each([
  ['windows', 'Windows 上的 Chrome'],
  ['mac', 'macOS 上的 Chrome'],
  ['linux', 'Linux 上的 Chrome'],
  ['chromeos', 'ChromeOS 上的 Chrome'],
  ['ios', 'iOS 上的 Chrome'],
  ['android', 'Android 上的 Chrome'],
  ['ohos', 'HarmonyOS 上的 Chrome'],
  ['constructor', 'Chrome'],
  ['', 'Chrome'],
])('a browser on %j is called %s', (platform, text) => {
  expect(browserOf({ name: 'Chrome', platform }, zhCN)).toBe(text);
});
