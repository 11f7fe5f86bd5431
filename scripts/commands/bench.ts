import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'bench',
  'Measures what signing in costs, beside others in the same run.',
).action(async () => {
  const { benchSignIn } = await import('../bench');
  await benchSignIn();
});
