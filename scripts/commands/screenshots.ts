import { defineCommand } from '../lib/command-line';
import type { ScreenshotOptions } from '../screenshots';

export const command = defineCommand(
  'screenshots',
  'Takes pictures of every state in a real browser, light and dark, in both languages.',
)
  .option('--out <folder>', 'where the pictures go', 'dist/screenshots')
  .option('--only <name>', 'take only those whose names contain this')
  .option('--readme', "replace the READMEs' pictures too")
  .action(async (options: ScreenshotOptions) => {
    const { takeScreenshots } = await import('../screenshots');
    await takeScreenshots(options);
  });
