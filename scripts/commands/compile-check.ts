import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'compile-check',
  "Builds the project and compiles it with WeChat's own compiler, offline once that is installed (276 MB).",
).action(async () => {
  const { compileCheck } = await import('../check');
  const { build } = await import('../build');
  await build();
  await compileCheck();
});
