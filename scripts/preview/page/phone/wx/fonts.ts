import { ApiFailure } from '../state/api-failure';
import { messageOf, type ErrorLog } from '../state/error-log';
import { asyncApi, isOptions, textOption, type Api } from './async-api';

/** Fonts hold in all pages: those of one page only are not taken away with it. */
export function fontApis(errors: ErrorLog): Record<string, Api> {
  return {
    loadFontFace: asyncApi('loadFontFace', errors, async (options) => {
      const desc = isOptions(options['desc']) ? options['desc'] : {};
      const descriptors = Object.fromEntries(
        ['style', 'weight'].flatMap((name) => {
          const value = textOption(desc, name);
          return value === '' ? [] : [[name, value]];
        }),
      );
      try {
        const font = new FontFace(
          textOption(options, 'family'),
          textOption(options, 'source'),
          descriptors,
        );
        document.fonts.add(await font.load());
      } catch (cause) {
        const failure = new ApiFailure(`loadFontFace:fail ${messageOf(cause)}`);
        throw Object.assign(failure, { status: 'error' });
      }
      return { status: 'loaded' };
    }),
  };
}
