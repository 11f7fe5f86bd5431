/** The language of the person at the terminal. Each text holds both, side by side. */
const LANGUAGE = isChinese(process.env) ? 'zh' : 'en';

export function text(both: Readonly<Record<'zh' | 'en', string>>): string {
  return both[LANGUAGE];
}

function isChinese({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): boolean {
  const said = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return (said ?? Intl.DateTimeFormat().resolvedOptions().locale).startsWith('zh');
}
