import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'bench:local-cloud',
  'Measures how many operations a second the local cloud does over HTTP, and how long each takes.',
).action(async () => {
  const { benchLocalCloud } = await import('../bench');
  await benchLocalCloud();
});
