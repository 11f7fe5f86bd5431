import { defineCommand, wholeNumber } from '../lib/command-line';

interface Options {
  steps: number;
  seed?: number;
}

export const command = defineCommand(
  'test:soak',
  'Runs many random steps against the model of the session system.',
)
  .addOption(wholeNumber('--steps <n>', 'how many', { min: 1 }).default(100_000))
  .addOption(
    wholeNumber('--seed <n>', 'repeats the steps of an earlier run (default: another each time)', {
      min: -(2 ** 31),
      max: 2 ** 31 - 1,
    }),
  )
  .action(async ({ steps, seed = Date.now() % 2 ** 31 }: Options) => {
    const { runSoakTest } = await import('../testing');
    console.log(
      `${steps} steps with seed ${seed}. To repeat them: npm run test:soak -- --steps ${steps} --seed ${seed}`,
    );
    process.exitCode = await runSoakTest(steps, seed);
  });
