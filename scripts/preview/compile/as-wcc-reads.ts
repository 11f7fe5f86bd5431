/** WXML that WeChat's compiler takes by chance, as one takes it that goes by the rules. Moves no line. */

const NAME = String.raw`[^\s=<>"'/]+`;
const QUOTED = `"[^"]*"|'[^']*'`;
/** `title=https://a.b/c?d=1"`: without the quote in front, up to the next one whatever stands between. */
const HALF_QUOTED = '[A-Za-z_][^"<>]*"';
const TAG = new RegExp(
  String.raw`<[A-Za-z][\w:.-]*(?:\s+${NAME}(?:\s*=\s*(?:${QUOTED}|${HALF_QUOTED}(?=[\s/>])))?)*`,
  'g',
);
const VALUE = new RegExp(`${QUOTED}|=(\\s*)(${HALF_QUOTED})`, 'g');
/** `< view>` and `</ view>` */
const SPACE_BEFORE_NAME = /<(\/?)(\s+)([A-Za-z][\w-]*)/g;

export function asWccReads(source: string): string {
  return source
    .replace(SPACE_BEFORE_NAME, '<$1$3$2')
    .replace(TAG, (tag) =>
      tag.replace(VALUE, (whole, spaces?: string, value?: string) =>
        value === undefined ? whole : `=${spaces ?? ''}"${value}`,
      ),
    );
}
