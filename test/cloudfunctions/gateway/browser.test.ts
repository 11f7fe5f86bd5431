import { expect, test } from '@jest/globals';
import { browserOf } from '../../../cloudfunctions/gateway/browser';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each<[string, string, string]>([
  [
    'Chrome',
    'windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
  ],
  [
    'Edge',
    'windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
  ],
  [
    'Safari',
    'mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  ],
  [
    'Safari',
    'ios',
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  ],
  ['Firefox', 'linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  [
    'Chrome',
    'android',
    `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
  ],
  [
    'WeChat',
    'ios',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60(0x18003c2d) NetType/WIFI Language/zh_CN',
  ],
  [
    'QQ Browser',
    'windows',
    `Mozilla/5.0 (Windows NT 10.0; WOW64) ${WEBKIT} Chrome/123.0.0.0 Safari/537.36 QQBrowser/19.7.1`,
  ],
  [
    'Huawei Browser',
    'ohos',
    `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${WEBKIT} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300`,
  ],
  [
    'UC Browser',
    'android',
    `Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2203A) ${WEBKIT} Version/4.0 Chrome/100.0.4896.58 UCBrowser/16.5.0.1303 Mobile Safari/537.36`,
  ],
  [
    'Mi Browser',
    'android',
    `Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23127PN0CC) ${WEBKIT} Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.5.40221`,
  ],
  [
    'Samsung Internet',
    'android',
    `Mozilla/5.0 (Linux; Android 14; SM-S918B) ${WEBKIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
  ],
  ['', '', 'curl/8.5.0'],
  ['', '', '<b>Chrome</b>\u202E'],
])('%s on %s', (name, platform, userAgent) => {
  expect(browserOf(userAgent)).toEqual({ name, platform });
});

test('nothing is known of a browser that says nothing', () => {
  expect(browserOf(undefined)).toEqual({ name: '', platform: '' });
});
