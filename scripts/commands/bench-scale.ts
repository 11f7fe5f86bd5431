import { defineCommand, wholeNumber } from '../lib/command-line';
import { text } from '../lib/language';

const FEW = 1_000;

export const command = defineCommand(
  'bench:scale',
  text({
    zh: '测同样的调用在一千个和一百万个会话上各要多久，以及清理的开销。',
    en: 'Measures the same calls on a thousand sessions and on a million, and what sweeping costs.',
  }),
)
  .addOption(
    wholeNumber(
      '--documents <n>',
      text({ zh: '多的一边有多少个会话', en: 'sessions on the larger side' }),
      { min: FEW + 1 },
    ).default(1_000_000),
  )
  .action(async ({ documents }: { documents: number }) => {
    const { benchScale } = await import('../bench');
    await benchScale(FEW, documents);
  });
