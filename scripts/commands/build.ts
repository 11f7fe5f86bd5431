import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'build',
  'Builds dist/cloudfunctions and dist/miniprogram: what is tested, previewed and uploaded.',
).action(async () => {
  const { build } = await import('../build');
  const { durationMs } = await build();
  const seconds = (durationMs / 1000).toFixed(1);
  console.log(`Built dist/cloudfunctions, dist/miniprogram and dist/lib in ${seconds} s.`);
});
