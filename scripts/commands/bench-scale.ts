import { defineCommand, wholeNumber } from '../lib/command-line';

const FEW = 1_000;

export const command = defineCommand(
  'bench:scale',
  'Measures the same calls on a thousand sessions and on a million, and what sweeping costs.',
)
  .addOption(
    wholeNumber('--documents <n>', 'sessions on the larger side', { min: FEW + 1 }).default(
      1_000_000,
    ),
  )
  .action(async ({ documents }: { documents: number }) => {
    const { benchScale } = await import('../bench');
    await benchScale(FEW, documents);
  });
