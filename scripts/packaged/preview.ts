import { defineCommand } from '../lib/command-line';
import { interruption } from '../lib/interruption';
import { withProjectOptions, type ProjectOptions } from './project-options';
import { text } from '../lib/language';
import { cloudPort, pagePort, poll } from '../lib/serving-options';

interface PreviewOptions extends ProjectOptions {
  port: number;
  cloudPort: number;
  poll: boolean;
}

export const command = withProjectOptions(
  defineCommand(
    'preview',
    text({
      zh: '在浏览器里的两部手机上运行小程序，云函数运行在本机。',
      en: 'Shows the mini program on two phones in a browser, its functions on this machine.',
    }),
  )
    .addOption(pagePort())
    .addOption(cloudPort())
    .addOption(poll()),
).action(async (options: PreviewOptions) => {
  const { servePreview } = await import('./served-preview');
  const preview = await servePreview(options);
  console.log(`preview ready on ${preview.url}`);
  await interruption();
  await preview.close();
});
