import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';
import type { ScreenshotOptions } from '../screenshots';

export const command = defineCommand(
  'screenshots',
  text({
    zh: '在真实的浏览器里给每种状态截图，深浅两色、中英两种语言。',
    en: 'Takes pictures of every state in a real browser, light and dark, in both languages.',
  }),
)
  .option(
    '--out <folder>',
    text({ zh: '图片放在哪个目录', en: 'where the pictures go' }),
    'dist/screenshots',
  )
  .option(
    '--only <name>',
    text({ zh: '只截名字里含有它的', en: 'take only those whose names contain this' }),
  )
  .option(
    '--readme',
    text({ zh: '同时替换 README 里的图片', en: `replace the READMEs' pictures too` }),
  )
  .action(async (options: ScreenshotOptions) => {
    const { takeScreenshots } = await import('../screenshots');
    await takeScreenshots(options);
  });
