import { en } from './en';
import { zhCN, type Copy } from './zh-CN';

export type { Copy } from './zh-CN';

/**
 * @param language what WeChat reports, e.g. `zh_CN`, `zh_TW`, `en`. Chinese for everything that is
 * not English.
 */
export function copyFor(language: string): Copy {
  return language.startsWith('en') ? en : zhCN;
}

/** The copy for the app that the mini program runs in: in QQ, what says WeChat says QQ. */
export function naming(provider: 'wechat' | 'qq', copy: Copy): Copy {
  if (provider === 'wechat') return copy;
  const json = JSON.stringify(copy).replace(/"微信/g, '"QQ ').replace(/微信/g, ' QQ ');
  return JSON.parse(json.replace(/WeChat/g, 'QQ')) as Copy;
}

/** The copy where there are more ways in than one. */
export function withSeveralWays({ severalWays, ...copy }: Copy): Copy {
  const [first, ...articles] = copy.home.articles;
  const { title, sections } = copy.legal.privacy;
  return {
    ...copy,
    severalWays,
    card: { ...copy.card, signIn: severalWays.signIn },
    home: {
      ...copy.home,
      articles: [{ title: first?.title ?? '', body: severalWays.kept }, ...articles],
    },
    privacy: { ...copy.privacy, before: severalWays.privacyBefore },
    legal: {
      ...copy.legal,
      // The last one is about ending all of it.
      privacy: {
        title,
        sections: [...sections.slice(0, -1), severalWays.legal, ...sections.slice(-1)],
      },
    },
  };
}

/** Puts values in the places of a template, e.g. `{device}`. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

/**
 * A moment on the phone's own clock, e.g. `11月21日 09:05`. `Intl` is not all there in WeChat on
 * iOS and Android.
 */
export function formatTime(copy: Copy, epochMs: number): string {
  const time = new Date(epochMs);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return fill(copy.time, {
    month: copy.months[time.getMonth()] ?? '',
    day: String(time.getDate()),
    clock: `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`,
  });
}
