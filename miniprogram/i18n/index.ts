import { en, zhCN, type Copy } from './copy';
import { languageOf } from './session/index';

export { fill, formatTime, naming } from './session/index';
export type { Copy } from './copy';

/**
 * @param language what WeChat reports, e.g. `zh_CN`, `zh_TW`, `en`. Chinese for everything that is
 * not English.
 */
export function copyFor(language: string): Copy {
  return languageOf(language) === 'en' ? en : zhCN;
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
