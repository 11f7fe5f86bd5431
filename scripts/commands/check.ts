import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'check',
  'Runs every gate: format, types, lint, unused code, build, and the checks of the mini program.',
)
  .argument('[gate...]', 'run these only, e.g. "lint"; a wrong name lists them (default: all)')
  .option('--afresh', 'run those too that passed on the same files (always so in CI)')
  .action(async (names: readonly string[], { afresh }: { afresh?: boolean }) => {
    const { runGates } = await import('../check');
    process.exitCode = await runGates({ names, afresh: afresh ?? Boolean(process.env['CI']) });
  });
