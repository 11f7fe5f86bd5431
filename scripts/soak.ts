/** `npm run test:soak`: many random steps against the model of the session system. The same seed repeats them. */
import { parseArgs } from 'node:util';
import { runTool } from './run-command';

const USAGE = 'Usage: npm run test:soak -- [--steps 100000] [--seed N]';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { steps: { type: 'string', default: '100000' }, seed: { type: 'string' } },
  });
  const { steps, seed = String(Date.now() % 2 ** 31) } = values;
  if (!/^[1-9]\d*$/.test(steps) || !/^-?\d+$/.test(seed))
    throw new TypeError('--steps and --seed must be whole numbers');
  console.log(
    `${steps} steps with seed ${seed}. To repeat them: npm run test:soak -- --steps ${steps} --seed ${seed}`,
  );
  process.env['SOAK_STEPS'] = steps;
  process.env['SOAK_SEED'] = seed;
  return (await runTool('jest', ['test/cloudfunctions/promises/model.test.ts'], 'inherit'))
    .exitCode;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 2;
  },
);
