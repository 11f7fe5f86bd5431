// Plain JavaScript, because scripts/run.mjs uses it before anything is installed.
'use strict';

module.exports = { languageOf };

/**
 * @param {Record<string, string | undefined>} environment
 * @param {string} [systemLocale]
 */
function languageOf(
  { LC_ALL, LC_MESSAGES, LANG },
  systemLocale = new Intl.DateTimeFormat().resolvedOptions().locale,
) {
  const locale = LC_ALL || LC_MESSAGES || LANG || systemLocale;
  return /^zh([-_.@]|$)/i.test(locale) ? 'zh' : 'en';
}
