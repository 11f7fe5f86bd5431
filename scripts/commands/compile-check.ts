import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'compile-check',
  text({
    zh: '构建项目，再用微信自己的编译器编译；编译器（276 MB）装好之后可以离线。',
    en: `Builds the project and compiles it with WeChat's own compiler, offline once that is installed (276 MB).`,
  }),
).action(async () => {
  const { compileCheck } = await import('../check');
  const { build } = await import('../build');
  const { BUILDING, showProgress } = await import('../lib/progress');
  await showProgress(BUILDING, () => build());
  await compileCheck();
});
