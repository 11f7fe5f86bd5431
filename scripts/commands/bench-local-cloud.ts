import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'bench:local-cloud',
  'Measures the local cloud beside a bare server of hono and lmdb.',
).action(async () => {
  const { benchLocalCloud } = await import('../bench');
  await benchLocalCloud();
});
