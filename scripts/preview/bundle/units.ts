const LENGTH = /(?<![\w.#-])(-?(?:\d+\.?\d*|\.\d+))(rpx|vh)\b/gi;
const QUOTED_OR_URL = /("[^"]*"|'[^']*'|url\([^)]*\))/;
const RPX_PER_VW = 7.5;

/**
 * A phone's screen is 750 rpx wide, so an rpx is a fixed share of its width. `vh` is a share of the
 * page, which ends at the bars.
 */
export function toBrowserUnits(css: string): string {
  if (!/rpx|vh/i.test(css)) return css;
  return css
    .split(QUOTED_OR_URL)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(LENGTH, convert)))
    .join('');
}

function convert(_: string, amount: string, unit: string): string {
  if (unit.toLowerCase() === 'vh') return `calc(var(--page-vh, 1vh) * ${amount})`;
  return `${String(Number((Number(amount) / RPX_PER_VW).toFixed(6)))}vw`;
}
