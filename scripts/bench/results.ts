/** The numbers of one run of `npm run bench`, as they are kept and as the README shows them. */

export interface BenchRow {
  /** Stable; the README's row is found by it. */
  id: string;
  /** What is measured, and what it is measured against. */
  text: { en: string; zh: string };
  unit: 'ms' | 'per second' | 'operations' | 'MiB' | 'connections';
  ours: number;
  other: number;
}

export interface BenchResults {
  node: string;
  rows: BenchRow[];
  /** Without anything beside them: `id` to value and unit. */
  client: { id: string; text: { en: string; zh: string }; value: string }[];
}

/** What the README compares: ours over theirs. */
export const ratioOf = ({ ours, other }: BenchRow): number => ours / other;

type Language = 'en' | 'zh';

/** Those that show the tables. */
export const READMES: readonly { file: string; language: Language }[] = [
  { file: 'README.md', language: 'en' },
  { file: 'README.zh-CN.md', language: 'zh' },
];

const HEAD: Record<Language, string[]> = {
  en: ['what', 'this project', 'the other', 'ratio'],
  zh: ['项目', '本项目', '对照', '比值'],
};

export const BEGIN = '<!-- bench: written by `npm run bench -- --readme` -->';
export const END = '<!-- /bench -->';

/** The tables between the marks of a README. */
export function benchTables(results: BenchResults, language: Language): string {
  const rows = results.rows.map((row) => [
    row.text[language],
    valueOf(row.ours, row.unit),
    valueOf(row.other, row.unit),
    ratioOf(row).toFixed(2),
  ]);
  const client = results.client.map(({ text, value }) => [text[language], value]);
  return [table(HEAD[language], rows), table([HEAD[language][0] ?? '', ''], client)].join('\n\n');
}

function valueOf(value: number, unit: BenchRow['unit']): string {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  const text = value.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return {
    ms: `${text} ms`,
    MiB: `${text} MiB`,
    'per second': `${text}/s`,
    operations: text,
    connections: text,
  }[unit];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows];
  const width = (column: number): number =>
    Math.max(...cells.map((row) => displayWidth(row[column] ?? '')), 3);
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell + ' '.repeat(width(column) - displayWidth(cell))).join(' | ')} |`;
  const rule = `| ${head.map((_, column) => '-'.repeat(width(column))).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Prettier's: a Chinese character is two wide. */
function displayWidth(text: string): number {
  return Array.from(text).reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        char,
      )
        ? 2
        : 1),
    0,
  );
}

/** How far a ratio may be from one run to another on a noisy machine. */
const NOISE = 0.35;

/** Rows whose ratio in a README is not that of the last run, give or take noise: one sentence each. */
export function driftIn(readme: string, results: BenchResults, language: Language): string[] {
  const [, shown = ''] = readme.split(BEGIN);
  return results.rows.flatMap((row) => {
    const line = shown.split('\n').find((text) => text.startsWith(`| ${row.text[language]} `));
    if (line === undefined) return [`has no row "${row.text[language]}"`];
    const ratio = Number(line.split('|').at(-2));
    const measured = ratioOf(row);
    const isNear = Math.abs(ratio - measured) <= Math.max(NOISE * measured, 0.02);
    return isNear
      ? []
      : [
          `says ${String(ratio)} for "${row.text[language]}", and the last run measured ${measured.toFixed(2)}`,
        ];
  });
}
