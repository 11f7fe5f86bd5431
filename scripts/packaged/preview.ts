import { resolve } from 'node:path';
import { defineCommand } from '../lib/command-line';
import { CommandError } from '../lib/command-error';
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
).action(
  async ({ project: folder, data, collection = [], permission = [], ...given }: PreviewOptions) => {
    const { findProject } = await import('./project-folder');
    const { servePreview } = await import('./served-preview');
    const project = findProject(folder);
    const preview = await servePreview(project, {
      ...given,
      ...(data !== undefined && { data: resolve(data) }),
      collection,
      permission,
    }).catch((error: unknown) => {
      throw isInUse(error) ? new CommandError(portInUse(given.port), { cause: error }) : error;
    });
    console.log(`preview ready on ${preview.url}`);
    await interruption();
    await preview.close();
  },
);

const isInUse = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'PORT_IN_USE';

const portInUse = (port: number): string =>
  text({
    zh: `端口 ${port} 被占用：请关闭占用它的程序，或用 --port 换一个。`,
    en: `Port ${port} is in use: stop what listens there, or choose another with --port.`,
  });
