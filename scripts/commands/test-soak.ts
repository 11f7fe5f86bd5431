/** `npm run test:soak`: many random steps against the model of the session system. The same seed repeats them. */
import { parseOptions, runCommand, UsageError } from '../lib/command-line';
import { runTool } from '../lib/run-tool';

const USAGE = 'npm run test:soak -- [--steps 100000] [--seed N]';

async function main(args: readonly string[]): Promise<number> {
  const { steps, seed = String(Date.now() % 2 ** 31) } = parseOptions(args, {
    steps: { type: 'string', default: '100000' },
    seed: { type: 'string' },
  });
  if (!/^[1-9]\d*$/.test(steps) || !/^-?\d+$/.test(seed))
    throw new UsageError('--steps and --seed must be whole numbers.');
  console.log(
    `${steps} steps with seed ${seed}. To repeat them: npm run test:soak -- --steps ${steps} --seed ${seed}`,
  );
  process.env['SOAK_STEPS'] = steps;
  process.env['SOAK_SEED'] = seed;
  return (await runTool('jest', ['test/cloudfunctions/promises/model.test.ts'], 'inherit'))
    .exitCode;
}

void runCommand(USAGE, main);
