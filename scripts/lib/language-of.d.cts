/**
 * As POSIX has it: the first of LC_ALL, LC_MESSAGES and LANG that is not empty; where none is, as
 * on Windows, the language of the system. Whatever is not Chinese is English, `C` and `POSIX` too.
 *
 * @param systemLocale like `zh-CN`; default: that of Intl
 */
export function languageOf(
  environment: Readonly<Record<string, string | undefined>>,
  systemLocale?: string,
): 'zh' | 'en';
