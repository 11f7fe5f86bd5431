import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'build',
  'Builds dist/cloudfunctions and dist/miniprogram: what is tested, previewed and uploaded.',
).action(async () => {
  const { build } = await import('../build');
  await build();
  console.log('Built dist/cloudfunctions, dist/miniprogram and dist/lib.');
});
