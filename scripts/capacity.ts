/** `npm run capacity`: what so many people cost a day, and which published plan holds them. Every figure is counted, not typed in. */
import { build } from './build';
import { printTable } from './bench/measure';
import { UsageError } from './command-line';
import { countPatterns, openCountingCloud } from './capacity/count';
import { dailyLoad, fit } from './capacity/load';
import { readCapacityOptions, USAGE } from './capacity/options';
import { countRedisPattern } from './capacity/redis-pattern';
import { simulateDay } from './capacity/simulate';

const SIMULATED_USERS = 2_000;
/** How far the formula may be from what was counted. */
const TOLERANCE = 0.05;

async function main(args: readonly string[]): Promise<number> {
  const { usage, simulate } = readCapacityOptions(args);
  await build();
  const counting = await openCountingCloud();
  try {
    const patterns = await countPatterns(counting);
    const redis = await countRedisPattern();
    if (redis === undefined)
      console.log('There is no redis-server here: the pattern with Redis is left out.');
    const all = redis === undefined ? patterns : [...patterns, redis];
    console.log(
      `\n${usage.users} people, each ${usage.loginsPerDay} sign-ins and ${usage.callsPerDay} checked calls a day:\n`,
    );
    printTable(
      [
        '',
        'reads',
        'writes',
        'elsewhere',
        'calls',
        'GBs',
        'smallest plan',
        'the basic plan runs out of',
        'at people',
      ],
      all.map((pattern) => {
        const load = dailyLoad(usage, pattern);
        const { plan, breaksFirst, breaksAtUsers } = fit(usage, load);
        return [
          pattern.name,
          ...[load.reads, load.writes, load.elsewhere, load.calls, load.gbSeconds].map(Math.round),
          ...(load.elsewhere > 0
            ? ['-', '-', '-']
            : [plan?.name ?? 'none of them', breaksFirst, breaksAtUsers]),
        ];
      }),
    );
    console.log(
      '\nA day; a call has 256 MB. The time of a call is that of this machine: GBs in the cloud are more. Of the plans above the' +
        '\nfirst, only reads and GBs are confirmed. What your own functions do comes on top.',
    );
    const [ours] = patterns;
    if (simulate && ours !== undefined) {
      const users = Math.min(usage.users, SIMULATED_USERS);
      console.log(`\nA day of ${users} people on the real functions ...`);
      const day = await simulateDay(counting, { ...usage, users }, ours, 1);
      const kinds = ['reads', 'writes'] as const;
      const offBy = (kind: (typeof kinds)[number]): number =>
        day.predicted[kind] / day.counted[kind] - 1;
      printTable(
        ['', 'counted', 'by the formula', 'off by'],
        kinds.map((kind) => [
          kind,
          day.counted[kind],
          Math.round(day.predicted[kind]),
          `${(offBy(kind) * 100).toFixed(1)} %`,
        ]),
      );
      if (kinds.some((kind) => Math.abs(offBy(kind)) > TOLERANCE)) {
        console.error('The formula is off by more than 5 %.');
        return 1;
      }
    }
    return 0;
  } finally {
    await counting.close();
  }
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nUsage: ${USAGE}`);
    process.exitCode = 2;
  },
);
