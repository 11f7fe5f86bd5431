import { defineCommand, wholeNumber } from '../lib/command-line';
import { text } from '../lib/language';

interface Options {
  steps: number;
  seed?: number;
}

export const command = defineCommand(
  'test:soak',
  text({
    zh: '随机走很多步，与会话系统的模型逐步对照。',
    en: 'Runs many random steps against the model of the session system.',
  }),
)
  .addOption(
    wholeNumber('--steps <n>', text({ zh: '走多少步', en: 'how many' }), { min: 1 }).default(
      100_000,
    ),
  )
  .addOption(
    wholeNumber(
      '--seed <n>',
      text({
        zh: '重走以前某次的步骤（默认每次不同）',
        en: 'repeats the steps of an earlier run (default: another each time)',
      }),
      {
        min: -(2 ** 31),
        max: 2 ** 31 - 1,
      },
    ),
  )
  .action(async ({ steps, seed = Date.now() % 2 ** 31 }: Options) => {
    const { runSoakTest } = await import('../testing');
    console.log(
      text({
        zh: `共 ${steps} 步，种子 ${seed}。要重走：npm run test:soak -- --steps ${steps} --seed ${seed}`,
        en: `${steps} steps with seed ${seed}. To repeat them: npm run test:soak -- --steps ${steps} --seed ${seed}`,
      }),
    );
    process.exitCode = await runSoakTest(steps, seed);
  });
