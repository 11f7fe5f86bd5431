import type { Device } from '#functions/contract';
import { fill, type Copy } from '../i18n/index';

const SYSTEMS: Readonly<Record<string, string>> = {
  windows: 'Windows',
  mac: 'macOS',
  linux: 'Linux',
  chromeos: 'ChromeOS',
  ios: 'iOS',
  android: 'Android',
  ohos: 'HarmonyOS',
};

/** The browser of a web session as people know it, e.g. `Windows 上的 Chrome`. */
export function browserOf({ name: browser, platform }: Device, { devices }: Copy): string {
  const system = Object.entries(SYSTEMS).find(([id]) => id === platform)?.[1] ?? '';
  if (browser !== '' && system !== '') {
    return fill(devices.browserOn, { browser, platform: system });
  }
  return browser || system || devices.unknownBrowser;
}
