/** The tables of the READMEs are those of the last `npm run bench`. */
import { readFile } from 'node:fs/promises';
import { driftIn, READMES, type BenchResults } from '../bench/results';
import type { Problem } from '../preview/compile/compile-error';

/** @param dir the project */
export async function checkBench(dir: string): Promise<Problem[]> {
  const results = JSON.parse(
    await readFile(`${dir}/test/bench/results.json`, 'utf8'),
  ) as BenchResults;
  const problems = await Promise.all(
    READMES.map(async ({ file, language }) => {
      const drift = driftIn(await readFile(`${dir}/${file}`, 'utf8'), results, language);
      return drift.map((message) => ({ file, message }));
    }),
  );
  return problems.flat();
}
