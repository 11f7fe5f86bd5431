import { sessionEn } from './en';
import { sessionZhCN, type SessionTexts } from './zh-CN';

export type { SessionTexts } from './zh-CN';

export type Language = 'zh-CN' | 'en';

/**
 * @param reported what WeChat reports, e.g. `zh_CN`, `zh_TW`, `en`. Chinese for everything that is
 * not English.
 */
export function languageOf(reported: string): Language {
  return reported.startsWith('en') ? 'en' : 'zh-CN';
}

export const sessionTexts: Readonly<Record<Language, SessionTexts>> = {
  'zh-CN': sessionZhCN,
  en: sessionEn,
};

/** The copy for the app that the mini program runs in: in QQ, what says WeChat says QQ. */
export function naming<T extends object>(provider: 'wechat' | 'qq', copy: T): T {
  if (provider === 'wechat') return copy;
  const json = JSON.stringify(copy).replace(/"微信/g, '"QQ ').replace(/微信/g, ' QQ ');
  return JSON.parse(json.replace(/WeChat/g, 'QQ')) as T;
}

/** Puts values in the places of a template, e.g. `{device}`. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/**
 * A moment on the phone's own clock, e.g. `11月21日 09:05`. `Intl` is not all there in WeChat on
 * iOS and Android.
 */
export function formatTime(copy: Pick<SessionTexts, 'time' | 'months'>, epochMs: number): string {
  const time = new Date(epochMs);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return fill(copy.time, {
    month: copy.months[time.getMonth()] ?? '',
    day: String(time.getDate()),
    clock: `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`,
  });
}
