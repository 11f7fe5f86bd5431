/**
 * `npm run bench [-- --readme]`: what signing in costs, beside others in the same run. Writes test/bench/results.json; with `--readme`
 * also the tables of both READMEs and their picture.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { build } from './build';
import { benchClient } from './bench/client';
import { benchColdStart } from './bench/cold-start';
import { benchConnections } from './bench/connections';
import { printTable } from './bench/measure';
import { benchPicture } from './bench/picture';
import { BEGIN, benchTables, END, ratioOf, READMES, type BenchResults } from './bench/results';
import { benchSideBySide } from './bench/side-by-side';
import { root } from './root';

const RESULTS_FILE = `${root}/test/bench/results.json`;
const PICTURE = `${root}/.github/images/bench.svg`;

async function main(args: readonly string[]): Promise<void> {
  await build();
  const step = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    console.log(`${what} ...`);
    return run();
  };
  const cold = await step('Cold start', benchColdStart);
  const sides = await step('Beside Redis and better-auth', benchSideBySide);
  const connections = await step('Connections', benchConnections);
  const client = await step('The phone', benchClient);
  const results: BenchResults = {
    node: process.version,
    rows: rounded([...cold, ...connections, ...sides]),
    client,
  };
  await writeFile(RESULTS_FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log('');
  printTable(
    ['what', 'this project', 'the other', 'ratio'],
    results.rows.map((row) => [row.text.en, `${row.ours} ${row.unit}`, row.other, ratioOf(row)]),
  );
  for (const { text, value } of client) console.log(`${text.en}: ${value}`);
  if (args.includes('--readme')) await writeReadmes(results);
}

function rounded(rows: BenchResults['rows']): BenchResults['rows'] {
  const round = (value: number): number => Number(value.toPrecision(3));
  return rows.map((row) => ({ ...row, ours: round(row.ours), other: round(row.other) }));
}

async function writeReadmes(results: BenchResults): Promise<void> {
  for (const { file, language } of READMES) {
    const text = await readFile(`${root}/${file}`, 'utf8');
    const [before, rest] = text.split(BEGIN);
    const after = rest?.split(END)[1];
    if (before === undefined || after === undefined)
      throw new Error(`${file} has no place for the tables`);
    const tables = benchTables(results, language);
    await writeFile(`${root}/${file}`, `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`);
  }
  await writeFile(PICTURE, benchPicture(results));
}

void main(process.argv.slice(2));
