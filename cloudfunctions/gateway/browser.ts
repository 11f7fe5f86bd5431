/**
 * What a browser says about itself, in few words that its owner recognises. It may say anything:
 * nothing is decided by it.
 */
import type { Device } from '../shared/session/contract';

/** The first that is found: browsers also name those that they imitate. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bM?QQBrowser\//, 'QQ Browser'],
  [/\bUCBrowser\//, 'UC Browser'],
  [/\bHuaweiBrowser\//, 'Huawei Browser'],
  [/\bMiuiBrowser\//, 'Mi Browser'],
  [/\bHeyTapBrowser\//, 'OPPO Browser'],
  [/\bVivoBrowser\//, 'vivo Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bQuark\//, 'Quark'],
  [/\bbaiduboxapp\//, 'Baidu'],
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/.+Safari\//, 'Safari'],
];

/** As `wx.getDeviceInfo` names platforms, where it knows them. */
const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:OpenHarmony|HarmonyOS)\b/, 'ohos'],
  [/\bAndroid\b/, 'android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'ios'],
  [/\bWindows\b/, 'windows'],
  [/\bMacintosh\b/, 'mac'],
  [/\bCrOS\b/, 'chromeos'],
  [/\bLinux\b/, 'linux'],
];

/** @param userAgent the header `User-Agent` */
export function browserOf(userAgent = ''): Device {
  const found = (known: typeof NAMES): string =>
    known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '';
  return { name: found(NAMES), platform: found(PLATFORMS) };
}
