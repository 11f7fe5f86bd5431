import { resolve } from 'node:path';
import { defineCommand, port } from '../lib/command-line';
import { CommandError } from '../lib/command-error';
import { interruption } from '../lib/interruption';
import { withProjectOptions, type ProjectOptions } from './project-options';
import { text } from '../lib/language';

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
    .addOption(
      port(
        '--port <port>',
        text({ zh: '网页在 127.0.0.1 上的端口', en: 'of the page on 127.0.0.1' }),
        5180,
      ),
    )
    .addOption(
      port('--cloud-port <port>', text({ zh: '本地云的端口', en: 'of the local cloud' }), 8787),
    )
    .option(
      '--poll',
      text({
        zh: '轮询源码的变化，用于网络盘和容器',
        en: 'ask for changes again and again: on network drives and in containers',
      }),
      false,
    ),
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
