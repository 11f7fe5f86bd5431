/** The comparison as a picture that follows the reader's light or dark theme. */
import type { BenchResults } from './results';

const WIDTH = 760;
const ROW_HEIGHT = 26;
const LABEL_WIDTH = 330;
const BAR_WIDTH = 350;

/** The rows that tell the most, by id. */
const SHOWN = [
  'cold.load',
  'cold.first',
  'redis.login.1',
  'redis.login.5',
  'redis.logout.5',
  'better-auth.login.5',
  'better-auth.check.5',
];

/** An SVG: bars of this project and of the other, each pair on a scale of its own. */
export function benchPicture({ rows }: BenchResults): string {
  const shown = rows.filter(({ id }) => SHOWN.includes(id));
  const height = 40 + shown.length * (2 * ROW_HEIGHT + 8);
  const bars = shown.flatMap(({ text, ours, other }, at) => {
    const most = Math.max(ours, other);
    const y = 36 + at * (2 * ROW_HEIGHT + 8);
    const label = text.en.replaceAll('`', '').replace(/,? against .*/, '');
    const against =
      /against (.*)$/.exec(text.en)?.[1]?.replaceAll('`', '') ?? 'the usual deployment';
    return [
      `<text x="0" y="${y + 17}" class="label">${escape(label)}</text>`,
      bar(y, 'ours', ours / most, `${ours} ms`),
      `<text x="0" y="${y + 17 + ROW_HEIGHT - 4}" class="against">against ${escape(against)}</text>`,
      bar(y + ROW_HEIGHT - 2, 'other', other / most, `${other} ms`),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="What signing in costs, beside others">
<style>
.label { fill: #1f2328 } .against, .value { fill: #59636e } .ours { fill: #07c160 } .other { fill: #b1bac4 }
@media (prefers-color-scheme: dark) { .label { fill: #f0f6fc } .against, .value { fill: #9198a1 } .other { fill: #57606a } }
</style>
<text x="0" y="18" class="label" font-weight="600">Milliseconds; shorter is better. Green: this project.</text>
${bars.join('\n')}
</svg>
`;
}

function bar(y: number, kind: string, share: number, value: string): string {
  const width = Math.max(2, Math.round(share * BAR_WIDTH));
  return `<rect x="${LABEL_WIDTH}" y="${y + 4}" width="${width}" height="${ROW_HEIGHT - 10}" rx="3" class="${kind}"/><text x="${LABEL_WIDTH + width + 8}" y="${y + 17}" class="value">${value}</text>`;
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}
