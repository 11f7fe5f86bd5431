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
).action(async ({ port, ...options }: LocalCloudOptions) => {
  const { findServed, serveProject } = await import('./served');
  const { explaining, prepareData, requireFreePorts } = await import('../start/explain');
  const served = await findServed(options);
  const place = { port, data: served.data };
  await requireFreePorts(place);
  await prepareData(place);
  const cloud = await explaining(place, () => serveProject(served, port));
  console.log(`local cloud ready on ${cloud.url}`);
  await interruption();
  await cloud.close();
});
