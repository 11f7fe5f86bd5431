import { resolve } from 'node:path';
import { defineCommand } from '../lib/command-line';
import { interruption } from '../lib/interruption';
import { withProjectOptions, type ProjectOptions } from './project-options';
import { text } from '../lib/language';
import { cloudOnlyPort } from '../lib/serving-options';

interface LocalCloudOptions extends ProjectOptions {
  port: number;
}

export const command = withProjectOptions(
  defineCommand(
    'local-cloud',
    text({
      zh: '在本机运行项目的云函数和数据库，用的是真实的 wx-server-sdk，不需要网络。',
      en: 'Serves the project’s functions and their database on this machine, on the real wx-server-sdk, offline.',
    }),
  ).addOption(cloudOnlyPort()),
).action(async ({ port, project, data, collection = [], permission = [] }: LocalCloudOptions) => {
  const { findProject } = await import('./project-folder');
  const { findServed, serveProject } = await import('./served');
  const served = await findServed(findProject(project), {
    port,
    ...(data !== undefined && { data: resolve(data) }),
    collection,
    permission,
  });
  const cloud = await serveProject(served);
  console.log(`local cloud ready on ${cloud.url}`);
  await interruption();
  await cloud.close();
});
