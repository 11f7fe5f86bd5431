import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'build',
  text({
    zh: '构建 dist/cloudfunctions 和 dist/miniprogram：测试、预览、上传用的都是它们。',
    en: 'Builds dist/cloudfunctions and dist/miniprogram: what is tested, previewed and uploaded.',
  }),
).action(async () => {
  const { build } = await import('../build');
  const { BUILDING, showProgress } = await import('../lib/progress');
  const { durationMs } = await showProgress(BUILDING, () => build());
  const seconds = (durationMs / 1000).toFixed(1);
  console.log(
    text({
      zh: `已构建 dist/cloudfunctions、dist/miniprogram 和 dist/lib，用时 ${seconds} 秒。`,
      en: `Built dist/cloudfunctions, dist/miniprogram and dist/lib in ${seconds} s.`,
    }),
  );
});
